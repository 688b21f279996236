"""What is told of a file as a whole, and files of which nothing can be taken."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Wishes, file_notes
from crm_desktop.words import LANGUAGES, Words

ZH = Words("zh")
HEADER = "姓名,公司,手机,备注"
ROWS = [f"张伟{n},苏州恒远精密机械有限公司,138123456{n:02},需要回访" for n in range(6)]


def notes(services: Services, path: Path, **how: Any) -> dict[str, str]:
    """The sentences about a file by the last part of their keys."""
    preview = services.imports.preview(path, **how)
    found = file_notes(preview.facts, preview.plan, ZH)
    return {one.key.rpartition("_")[2]: ZH.text(one.key, **one.args) for one in found}


def workbook(path: Path, *sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_damaged_characters_are_told_and_make_no_record(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "客户.csv"
    data = "\r\n".join((HEADER, *ROWS)).encode()
    data = data.replace("张伟2".encode(), "张伟2".encode()[1:])
    data = data.replace("恒远".encode(), "恒远".encode()[:-1], 1)
    path.write_bytes(data)
    preview = services.imports.preview(path)
    assert "characters" in notes(services, path)
    assert preview.facts.encoding == "utf-8"
    checked = services.imports.check(path, preview.plan, ZH)
    report = services.imports.run(path, preview.plan, ZH)
    for one in (checked, report):
        assert (one.rows, one.count(Outcome.FAILED)) == (6, 2)
        told = [(p.row, p.column, p.code, p.blocking) for p in one.problems]
        assert told == [
            (2, "公司", "reading.cell_damaged", True),
            (4, "姓名", "reading.cell_damaged", True),
        ]
    names = [
        str(row.values[0])
        for kind in (Kind.PERSON, Kind.COMPANY)
        for row in services.records.rows(kind, services.records.ids(kind), ["name"])
    ]
    assert len(names) == 5
    assert not any("\ufffd" in name for name in names)

    # Mended where they stand, and in the workbook of problem rows: both come in whole.
    mended = Wishes(fixes={(2, 1): "苏州恒远精密机械有限公司", (4, 0): "张伟2"})
    again = services.imports.run(path, preview.plan, ZH, wishes=mended)
    assert (again.count(Outcome.CREATED), again.count(Outcome.FAILED)) == (2, 0)
    assert not again.problems


def test_a_damaged_note_is_taken_and_told(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "客户.csv"
    text = "\n".join((HEADER, *ROWS, "李娜,杭州绿源,13912345678,回访")).encode()
    path.write_bytes(text[:-1])
    report = services.imports.run(path, services.imports.preview(path).plan, ZH)
    assert [(p.row, p.code, p.blocking) for p in report.problems] == [
        (8, "reading.text_damaged", False)
    ]
    assert report.count(Outcome.CREATED) == 7
    assert notes(services, path) == {
        "characters": ZH.text("reading.note_damaged_characters", count=1)
    }


def test_a_damaged_line_waits_and_lets_its_quote_be(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "报价单.csv"
    lines = (
        "报价单号,客户,报价日期,品名,数量,单价",
        "Q-1,甲公司,2026-03-01,轴承,2,10",
        "Q-1,甲公司,2026-03-01,密封圈,3,5",
        "Q-2,乙公司,2026-03-02,油泵,1,99",
    )
    data = "\n".join(lines).encode()
    path.write_bytes(data.replace("密封圈".encode(), "密封圈".encode()[1:]))
    plan = services.imports.preview(path, kind="quotes").plan
    report = services.imports.run(path, plan, ZH)
    assert report.by_kind["quotes"] == 2
    assert [(p.row, p.code) for p in report.problems if p.blocking] == [(3, "reading.cell_damaged")]


def test_formulas_without_a_value_are_named_by_cell(services: Services, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["姓名", "手机", "备注"]]
    rows += [[f"张伟{n}", f"138123456{n:02}", f"=A{n}" if n > 2 else "好"] for n in range(8)]
    rows[1][1] = "=B3"
    path = workbook(tmp_path / "a.xlsx", rows)
    assert "B2、C5:C9" in notes(services, path)["formulas"]
    assert "6 个" in notes(services, path)["formulas"]


def test_photos_that_cannot_be_taken_are_told_with_names(
    services: Services, tmp_path: Path
) -> None:
    large = base64.b64encode(b"\xff\xd8\xff" + bytes(7_000_000)).decode()
    folded = "\r\n ".join(large[at : at + 70] for at in range(0, len(large) // 2, 70))
    cards = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nPHOTO;ENCODING=b;TYPE=JPEG:{data}\r\nEND:VCARD\r\n"
        for name, data in (("张伟", large), ("李娜", folded), ("王芳", "http://a.cn/b.jpg"))
    )
    path = tmp_path / "a.vcf"
    path.write_text(cards, encoding="utf-8", newline="")
    assert "张伟、李娜、王芳" in notes(services, path)["out"]


def test_a_separator_that_was_found_is_told(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n".join((HEADER, *ROWS)).replace(",", "^"), encoding="utf-8")
    assert "脱字符 ^" in notes(services, path)["separator"]
    assert notes(services, path, delimiter="^") == {}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_headings_alone_have_a_sentence(services: Services, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"客户.{ending}"
    if ending == "csv":
        path.write_text(HEADER + "\n\n", encoding="utf-8-sig")
    else:
        workbook(path, [HEADER.split(","), [None, "  "]])
    with pytest.raises(Refused) as caught:
        services.imports.preview(path)
    assert caught.value.code == "reading.only_header"
    for language in LANGUAGES:
        told = Words(language).text(caught.value.key, **caught.value.args_for_words)
        assert "客户" in told
        assert "姓名 / 公司 / 手机 / 备注" in told


def test_headings_alone_on_one_sheet_of_several(services: Services, tmp_path: Path) -> None:
    rows = [HEADER.split(","), *(row.split(",") for row in ROWS)]
    path = workbook(tmp_path / "a.xlsx", [HEADER.split(",")], rows)
    assert services.imports.preview(path).plan.sheet_name == "表2"
    with pytest.raises(Refused, match=r"reading\.only_header_sheet"):
        services.imports.preview(path, sheet="表1")


def test_one_line_without_known_words_is_a_row(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("张伟\n", encoding="utf-8")
    preview = services.imports.preview(path)
    assert (preview.plan.header_row, len(preview.head)) == (0, 1)
