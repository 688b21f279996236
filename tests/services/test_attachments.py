"""Files: taken in, handed out as private copies, never run."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crm_desktop.data.tables import Blob
from crm_desktop.domain import attachments as rules
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.services import attachments as module
from crm_desktop.services.house import Services


@pytest.fixture
def company(services: Services) -> Ref:
    return Ref(Kind.COMPANY, services.records.create(Kind.COMPANY, {"name": "恒远"}), "恒远")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "合同.pdf"
    path.write_bytes(b"%PDF-1.7 not really")
    return path


def test_in_and_out(services: Services, company: Ref, file: Path, tmp_path: Path) -> None:
    kept = services.attachments.add(company, file)
    (row,) = services.attachments.of(company)
    assert (row.id, row.name, row.size) == (kept, "合同.pdf", file.stat().st_size)
    assert (row.owner, row.executable) == (company, False)
    assert file.exists()
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    services.attachments.save_as(kept, target)
    assert target.read_bytes() == file.read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_the_same_bytes_are_kept_once(services: Services, company: Ref, file: Path) -> None:
    services.attachments.add(company, file)
    services.attachments.add(company, file)
    with services.book.read() as session:
        assert session.execute(select(func.count()).select_from(Blob)).scalar_one() == 1
    assert services.attachments.count(company) == 2


def test_copies_are_private_and_read_only(services: Services, company: Ref, file: Path) -> None:
    kept = services.attachments.add(company, file)
    copy = services.attachments.open_copy(kept)
    assert copy.name == "合同.pdf"
    assert copy.read_bytes() == file.read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        assert stat.S_IMODE(copy.parent.parent.stat().st_mode) == 0o700
    assert services.attachments.open_copy(kept) == copy
    services.attachments.close()
    assert not copy.exists()


def test_programs_are_kept_but_not_opened(services: Services, company: Ref, tmp_path: Path) -> None:
    path = tmp_path / "setup.exe"
    path.write_bytes(b"MZ")
    kept = services.attachments.add(company, path)
    assert services.attachments.one(kept).executable
    with pytest.raises(Refused, match="executable"):
        services.attachments.open_copy(kept)
    services.attachments.save_as(kept, tmp_path / "copy.exe")
    # Nor by another name.
    services.attachments.set(kept, name="setup.pdf")
    services.attachments.set(kept, name="setup.pdf.bat")
    with pytest.raises(Refused, match="executable"):
        services.attachments.open_copy(kept)


def test_too_large_is_told(
    services: Services, company: Ref, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 4)
    with pytest.raises(Refused, match="too_large"):
        services.attachments.add(company, file)
    assert services.attachments.of(company) == []
    assert rules.LARGEST == 50 * 1024 * 1024


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
def test_only_plain_files(services: Services, company: Ref, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "zero"
    link.symlink_to("/dev/zero")
    for path in (pipe, link, tmp_path):
        with pytest.raises(Refused, match="not_a_file"):
            services.attachments.add(company, path)
    with pytest.raises(Refused, match="missing"):
        services.attachments.add(company, tmp_path / "nothing")


def test_trash_restore_undo(services: Services, company: Ref, file: Path) -> None:
    kept = services.attachments.add(company, file)
    services.attachments.trash(kept)
    assert services.attachments.of(company) == []
    services.attachments.restore(kept)
    services.attachments.set(kept, file_version=" v2 ", name="../新.pdf")
    assert [(row.name, row.file_version) for row in services.attachments.of(company)] == [
        ("新.pdf", "v2")
    ]
    for _ in range(4):
        services.history.undo()
    assert services.attachments.of(company) == []
    services.history.redo()
    assert services.attachments.data(kept) == file.read_bytes()
