"""Names of attached files: forty that were meant to do harm, or simply are long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.domain.attachments import LONGEST_NAME, is_executable, name_for_file, safe_name

NAMES = [
    ("合同.pdf", "合同.pdf"),
    ("../../etc/passwd", "passwd"),
    ("..\\..\\windows\\win.ini", "win.ini"),
    ("/etc/shadow", "shadow"),
    ("C:\\Users\\me\\a.txt", "a.txt"),
    ("C:evil.txt", "evil.txt"),
    ("\\\\server\\share\\x.doc", "x.doc"),
    ("//server/share/x.doc", "x.doc"),
    ("file:///etc/hosts", "hosts"),
    ("..", "file"),
    (".", "file"),
    ("", "file"),
    ("   ", "file"),
    ("...", "file"),
    ("CON", "_CON"),
    ("con.txt", "_con.txt"),
    ("NUL.tar.gz", "_NUL.tar.gz"),
    ("aux .txt", "_aux.txt"),
    ("COM1", "_COM1"),
    ("lpt9.pdf", "_lpt9.pdf"),
    ("console.txt", "console.txt"),
    ("trailing dot.", "trailing dot"),
    ("trailing blank .txt ", "trailing blank.txt"),
    ("name.txt...", "name.txt"),
    (".hidden", "hidden"),
    ("a:b.txt", "b.txt"),
    ("notes.txt:stream", "notes.txt_stream"),
    ('a<b>c"d|e?f*g.txt', "a_b_c_d_e_f_g.txt"),
    ("nul\x00byte.txt", "nulbyte.txt"),
    ("tab\tand\nnewline.txt", "tab and newline.txt"),
    ("photo\u202egpj.exe", "photogpj.exe"),
    ("zero\u200bwidth.txt", "zerowidth.txt"),
    ("a/b", "b"),
    ("a\\", "file"),
    ("a/", "file"),
    ("e\u0301.txt", "é.txt"),
    ("👨‍👩‍👧.png", "👨‍👩‍👧.png"),
    ("~$合同.docx", "~$合同.docx"),
    ("%2e%2e%2fx.txt", "%2e%2e%2fx.txt"),
    ("-rf.txt", "-rf.txt"),
    ("a" * 300 + ".pdf", "a" * (LONGEST_NAME - 4) + ".pdf"),
    ("长" * 100 + ".pdf", "长" * ((LONGEST_NAME - 4) // 3) + ".pdf"),
]


@pytest.mark.parametrize(("given", "expected"), NAMES)
def test_names(given: str, expected: str) -> None:
    assert safe_name(given) == expected


@given(st.text())
def test_any_name_is_harmless_and_stays_itself(given: str) -> None:
    name = safe_name(given)
    assert name
    assert len(name.encode()) <= LONGEST_NAME + 1
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name not in (".", "..")
    assert name == name.strip(" ")
    assert not name.endswith(".")
    assert safe_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["a.exe", "A.EXE", "b.pdf.exe", "c.lnk", "d.docm", "e.xlsm", "f.jar", "g.url", "h.sh", "i.ps1"],
)
def test_programs_are_known(name: str) -> None:
    assert is_executable(safe_name(name))


@pytest.mark.parametrize("name", ["a.pdf", "exe", "b.docx", "c.exe.pdf", "d", "e.png"])
def test_documents_are_no_programs(name: str) -> None:
    assert not is_executable(safe_name(name))


@pytest.mark.parametrize("name", ["a.exe.", "a.exe ", "a.exe. .", "a\u202e.exe", "a.e\u200bxe"])
def test_disguised_programs_are_seen(name: str) -> None:
    assert is_executable(safe_name(name))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("甲/乙 合同.pdf", "甲_乙 合同.pdf"),
        ("A: B公司.pdf", "A_ B公司.pdf"),
        ("C:\\Windows", "C__Windows"),
        ("con.pdf", "_con.pdf"),
        ("报价? <1>|*.xlsx", "报价_ _1___.xlsx"),
        ("v1.2 ...", "v1.2"),
        ("", "file"),
    ],
)
def test_a_title_becomes_a_name_whole(title: str, expected: str) -> None:
    assert name_for_file(title) == expected
