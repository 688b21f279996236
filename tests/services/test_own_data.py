"""The zip of all that is held about somebody has the picture, too."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.house import Services
from crm_desktop.words import Words


@pytest.fixture
def person(services: Services) -> Ref:
    return Ref(Kind.PERSON, services.records.create(Kind.PERSON, {"name": "张伟"}), "张伟")


def picture(form: str, size: tuple[int, int] = (400, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#8fb6d9").save(out, form)
    return out.getvalue()


def images_of(pdf: bytes) -> int:
    """How many pictures the pages hold."""
    with pdfium.PdfDocument(pdf) as document:
        return sum(len(list(page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE]))) for page in document)


@pytest.mark.parametrize(
    ("form", "name"), [("JPEG", "picture.jpeg"), ("PNG", "picture.png"), ("GIF", "picture.gif")]
)
def test_the_picture_lies_beside_the_data_and_in_the_dossier(
    services: Services, person: Ref, tmp_path: Path, form: str, name: str
) -> None:
    data = picture(form)
    services.people.set_picture(person.id, data)
    services.attachments.add_bytes(person, name, b"a file of the same name")
    path = tmp_path / "own.zip"
    assert services.own_data.export(person, path, Words("en")) == 1
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["张伟.pdf", "data.json", name, f"files/{name}"]
        assert archive.read(name) == data
        assert images_of(archive.read("张伟.pdf")) == 1


def test_without_a_picture_there_is_none(services: Services, person: Ref, tmp_path: Path) -> None:
    path = tmp_path / "own.zip"
    services.own_data.export(person, path, Words("zh"))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["张伟.pdf", "data.json"]
        assert images_of(archive.read("张伟.pdf")) == 0


def test_a_damaged_picture_goes_out_as_it_is_and_stops_nothing(
    services: Services, person: Ref, tmp_path: Path
) -> None:
    damaged = picture("JPEG")[:120]
    services.people.set_picture(person.id, damaged)
    path = tmp_path / "own.zip"
    services.own_data.export(person, path, Words("en"))
    with zipfile.ZipFile(path) as archive:
        assert archive.read("picture.jpeg") == damaged
        assert images_of(archive.read("张伟.pdf")) == 0
