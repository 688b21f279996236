"""A record goes out as a dossier of one page and as a row of a workbook."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui import giving_out
from crm_desktop.ui.language import set_language
from tests.ui.record.conftest import NOW, Desk


def printed(desk: Desk, page: object, path: Path) -> list[str]:
    """The text of every page of the dossier."""
    assert page.handles("print")  # type: ignore[attr-defined]
    make = page.paper(page._loaded)  # type: ignore[attr-defined]
    giving_out.print_page_to(page, make, path)  # type: ignore[arg-type]
    desk.settle()
    with pdfium.PdfDocument(path) as document:
        return [sheet.get_textpage().get_text_bounded() for sheet in document]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_dossier_of_a_person_fits_one_page(desk: Desk, tmp_path: Path, language: str) -> None:
    set_language(language)
    for number in range(60):
        desk.services.activities.log(
            Ref(Kind.PERSON, desk.person),
            f"第 {number} 次通话，谈交货和付款" * 3,
            "call",
            when=NOW - timedelta(hours=60 - number),
        )
    page = desk.open("person", desk.person)
    [text] = printed(desk, page, tmp_path / "d.pdf")
    assert "张伟" in text
    assert "138 1234 5678" in text
    assert "确认报价" in text  # the next step
    assert "苏州恒远精密机械有限公司" in text
    assert ("Latest" if language == "en" else "最近动态") in text
    assert "第 59 次通话" in text  # the newest; the oldest gave way
    assert "第 0 次通话" not in text
    complete = "Completeness" if language == "en" else "完整度"
    after = text[text.index(complete) :].splitlines()[0]
    assert after.rstrip().endswith(str(desk.value(Kind.PERSON, desk.person, "completeness")))


def test_the_picture_stands_beside_the_name(desk: Desk, tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGB", (300, 400), "#8fb6d9").save(made, "JPEG")
    desk.services.people.set_picture(desk.person, made.getvalue())
    page = desk.open("person", desk.person)
    path = tmp_path / "d.pdf"
    [text] = printed(desk, page, path)
    assert "张伟" in text
    with pdfium.PdfDocument(path) as document:
        (image,) = document[0].get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE])
        left, bottom, right, top = image.get_bounds()
        assert bottom > document[0].get_height() * 0.8
        assert (right - left) / (top - bottom) == pytest.approx(0.75, abs=0.01)


def test_the_dossier_of_a_company_names_its_people_and_how_to_reach_them(
    desk: Desk, tmp_path: Path
) -> None:
    page = desk.open("company", desk.company)
    [text] = printed(desk, page, tmp_path / "d.pdf")
    assert "张伟" in text
    assert "138 1234 5678" in text
    assert "数控改造" in text


@pytest.mark.parametrize("kind", ["opportunity", "ticket", "product"])
def test_every_other_record_prints_too(desk: Desk, tmp_path: Path, kind: str) -> None:
    record_id = getattr(desk, kind)
    page = desk.open(kind, record_id)
    [text] = printed(desk, page, tmp_path / "d.pdf")
    assert page.title() in text


def test_a_record_is_exported_as_a_row_with_all_fields(desk: Desk, tmp_path: Path) -> None:
    page = desk.open("person", desk.person)
    assert page.handles("export")
    path = tmp_path / "one.xlsx"
    giving_out.export_to(page, Kind.PERSON, [desk.person], path)
    desk.settle()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.max_row == 2
    assert "张伟" in [cell.value for cell in sheet[2]]
