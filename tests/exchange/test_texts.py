"""Text tables: encodings, separators, quotation marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading import FileFacts, Limits, Row, open_file

HEADER = "姓名,公司,手机,备注"
LINES = (
    "张伟,苏州恒远精密机械有限公司,13812345678,需要回访",
    "李娜,杭州绿源电子商务有限公司,13912345678,年前联系，带样品",
    "王芳,深圳市南山区科技园,13712345678,",
)
TRADITIONAL = ("張偉,臺北精密機械有限公司,13812345678,需要回訪客戶", "李娜,高雄電子公司,1391,聯絡")


def read(path: Path, **how: Any) -> tuple[FileFacts, list[Row]]:
    """Everything in a text file."""
    with open_file(path, **how) as opened:
        return opened.facts, [row for batch in opened.rows() for row in batch]


def written(tmp_path: Path, data: bytes, name: str = "客户.csv") -> Path:
    """A file with these bytes."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("count", [1, 3, 20])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(tmp_path: Path, encoding: str, count: int) -> None:
    lines = [HEADER, *(LINES * 7)[:count]]
    path = written(tmp_path, "\r\n".join(lines).encode(encoding))
    _, rows = read(path)
    assert [",".join(str(value or "") for value in row) for row in rows] == lines


@pytest.mark.parametrize("count", [1, 2, 20])
def test_big5_by_second_opinion(tmp_path: Path, count: int) -> None:
    lines = ["姓名,公司名稱,手機,備註", *(TRADITIONAL * 10)[:count]]
    facts, rows = read(written(tmp_path, "\r\n".join(lines).encode("big5")))
    assert (facts.encoding, facts.encoding_sure) == ("big5", False)
    assert rows[1][1] == "臺北精密機械有限公司"


def test_western_letters(tmp_path: Path) -> None:
    facts, rows = read(written(tmp_path, "Nombre,Descripción\nMuñoz,Año\n".encode("cp1252")))
    assert facts.encoding == "cp1252"
    assert rows == [("Nombre", "Descripción"), ("Muñoz", "Año")]


def test_the_user_overrules(tmp_path: Path) -> None:
    path = written(tmp_path, "a;é\n".encode("cp1252"))
    assert read(path, encoding="cp1250", delimiter=",")[1] == [("a;é",)]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a\tb\tc\n1,5\t2\t3\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ("sep=;\na;b,b;c\n1;2;3\n", ";"),
        ("only\none\ncolumn\n", ","),
    ],
)
def test_delimiters(tmp_path: Path, text: str, delimiter: str) -> None:
    facts, rows = read(written(tmp_path, text.encode()))
    assert facts.delimiter == delimiter
    assert len(rows[0]) == (1 if "only" in text else 3)


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
def test_line_endings_and_lines_in_quotes(tmp_path: Path, ending: str) -> None:
    text = ending.join(["name,note", '"a","x', 'y"', 'b,"say ""hi"""']) + ending
    _, rows = read(written(tmp_path, text.encode()))
    assert rows[1:] == [("a", f"x{ending}y"), ("b", 'say "hi"')]


def test_nul_and_blank_lines(tmp_path: Path) -> None:
    facts, rows = read(written(tmp_path, b"na\0me,b\n\n1,2\n\n\n"))
    assert rows[:3] == [("name", "b"), (), ("1", "2")]
    assert facts.sheets[0].rows == 3


def test_quote_that_is_never_closed_loses_no_row(tmp_path: Path) -> None:
    text = 'name,note\n"broken,x\n' + "a,b\n" * 500
    assert len(read(written(tmp_path, text.encode()))[1]) == 502


def test_commas_without_quotation_marks(tmp_path: Path) -> None:
    text = "name,street,city\nA,12, rue Royale,Nantes\nB,1 High St,York\n"
    facts, rows = read(written(tmp_path, text.encode()))
    assert rows[1] == ("A", "12, rue Royale", "Nantes")
    assert facts.rejoined_rows == 1


def test_torn_last_character(tmp_path: Path) -> None:
    data = "\n".join((HEADER, *LINES[:2], "王")).encode()[:-1]
    facts, rows = read(written(tmp_path, data))
    assert facts.encoding == "utf-8"
    assert rows[1][0] == "张伟"


def test_mixed_encodings_are_told(tmp_path: Path) -> None:
    data = (
        (LINES[0] + "\n").encode() * 20 + "王芳,，\xff".encode("latin-1", "ignore") + b"\x81\xff\n"
    )
    facts, rows = read(written(tmp_path, data))
    assert not facts.encoding_sure
    assert facts.damaged_characters > 0
    assert rows[0][0] == "张伟"


def test_too_many_rows(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n" * 30)
    with open_file(path, limits=Limits(rows=20)) as opened:
        assert opened.sheets[0].too_large
        with pytest.raises(Refused, match=r"reading\.too_large"):
            opened.head()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"Rar!\x1a\x07", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"SQLite format 3\0", "database"),
        (b"MZ\x90\0\x03\0\0", "program"),
        (b"{\\rtf1 hello}", "word"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "old_excel"),
        (b"<html><body><table><tr><td>1</td></tr></table>", "html"),
        (b'\xef\xbb\xbf  <!DOCTYPE html PUBLIC "-//W3C">', "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "xml_sheet"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "no_cards"),
        (b"BEGIN:VCALENDAR\n", "calendar"),
        (bytes(range(256)) * 8, "not_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"PK\x03\x04 no archive", "damaged"),
    ],
)  # fmt: skip
def test_what_is_no_table(tmp_path: Path, data: bytes, code: str) -> None:
    # Its name never matters.
    path = written(tmp_path, data, "名单.xls")
    with pytest.raises(Refused) as caught:
        read(path)
    assert caught.value.code == f"reading.{code}"


def test_text_named_xls_is_read(tmp_path: Path) -> None:
    data = "\t".join(("姓名", "手机")).encode("gbk") + b"\n\xd5\xc5\xce\xb0\t138\n"
    facts, rows = read(written(tmp_path, data, "导出.xls"))
    assert facts.kind == "text"
    assert rows == [("姓名", "手机"), ("张伟", "138")]


def test_missing_and_folder(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"reading\.missing"):
        open_file(tmp_path / "nothing.csv")
    with pytest.raises(Refused, match=r"reading\.folder"):
        open_file(tmp_path)
