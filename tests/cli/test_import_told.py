"""What `import` tells of a file beside the account of its rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.cli.test_tables import small


def test_import_tells_what_there_is_to_know_of_the_file(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["姓名", "公司名称", "备注"], ["陈一", "甲公司", "=A1"], ["陈二", None, None]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "a.xlsx")
    words = ("--book", tmp_path / "b.crm", "--lang", "zh", "import", tmp_path / "a.xlsx")
    _, told, _ = run(*words, "--check")
    assert "1 个单元格只有公式没有值（C2）" in told
    assert "1 个合并单元格跨多行" in told
    _, said, _ = run(*words, "--json")
    assert [one["code"] for one in said["notes"]] == [
        "reading.note_formulas",
        "reading.note_merged",
    ]
    assert said["by_kind"] == {"people": 2, "companies": 1}


@pytest.mark.parametrize(("language", "said"), [("zh", "只有列名"), ("en", "only column headings")])
def test_headings_alone_are_refused(run: Run, tmp_path: Path, language: str, said: str) -> None:
    code, _, err = run(
        "--book", tmp_path / "b.crm", "--lang", language, "import", small(tmp_path), "--check"
    )
    assert (code, said in err) == (1, True)
    assert "姓名 / 公司名称 / 手机 / 备注" in err


def test_damaged_characters_are_told_by_row(run: Run, tmp_path: Path) -> None:
    file = small(tmp_path, "陈一,甲公司,13800000001,", "陈二,乙公司,13800000002,", "陈三,,,")
    file.write_bytes(file.read_bytes().replace("乙公司".encode(), b"\xff" + "公司".encode()))
    _, told, _ = run("--book", tmp_path / "b.crm", "--lang", "zh", "import", file)
    assert "1 个字符无法读取" in told
    assert "第 3 行" in told
    assert "这一行不会导入" in told
