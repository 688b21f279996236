"""Text comes back as it was, and nothing of it is ever calculated."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.exchange.injection import guarded, unguarded
from crm_desktop.exchange.writing import Column, ColumnType
from crm_desktop.exchange.writing.clean import CELL_LIMIT, cleaned, pieces, units
from tests.exchange_writing.tables import by_calamine, by_csv, by_openpyxl, formulas, written

PREFIXES = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", '"=', "\n="]
PAYLOADS = [prefix + 'HYPERLINK("http://x","y")' for prefix in PREFIXES]
PAYLOADS += ["+86 138 0013 8000", "-", "=", "'=1+1", "''@x", "'hello", " =1", "\u3000=1"]
TEXT_COLUMNS = [ColumnType.TEXT, ColumnType.LINK_MAIL]
# Text that stands in a column of another type, as a birthday without a year does.
EVERY_COLUMN = list(ColumnType)

any_text = st.text(alphabet=st.characters(codec=None), max_size=60)


@pytest.mark.parametrize("column", EVERY_COLUMN)
def test_payloads_in_a_workbook(tmp_path: Path, column: ColumnType) -> None:
    path = written(tmp_path, [Column("=1+1", column)], [(text,) for text in PAYLOADS])
    expected = [[cleaned(text)] for text in PAYLOADS]
    assert formulas(path) == 0
    assert by_openpyxl(path) == expected
    assert by_calamine(path) == expected


@pytest.mark.parametrize("column", EVERY_COLUMN)
def test_payloads_in_csv(tmp_path: Path, column: ColumnType) -> None:
    path = written(tmp_path, [Column("=1+1", column)], [(text,) for text in PAYLOADS], "csv")
    fields = [field for [field] in by_csv(path)]
    assert all(field[0] not in "=+-@\t\r＝＋－＠" for field in fields)
    assert [unguarded(field) for field in fields] == [cleaned(text) for text in PAYLOADS]


@given(any_text)
def test_the_guard_can_always_be_taken_away(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r\0＝＋－＠")


@given(st.lists(st.tuples(any_text, any_text), min_size=1, max_size=8))
def test_any_text_comes_back(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    columns = [Column("A"), Column("B", ColumnType.LINK_MAIL)]
    expected = [[cleaned(value) for value in row] for row in rows]
    path = written(tmp_path, columns, rows)
    assert formulas(path) == 0
    read = [[value or "" for value in row] for row in by_calamine(path)]
    read += [["", ""]] * (len(expected) - len(read))
    assert read == expected
    fields = by_csv(written(tmp_path, columns, rows, "csv"))
    assert [[unguarded(field) for field in row] for row in fields] == expected


@given(any_text)
def test_openpyxl_opens_any_text(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, [Column("A"), Column("n")], [(text, "x")])
    assert by_openpyxl(path)[0][1] == "x"


def test_what_no_file_can_carry_goes_quietly() -> None:
    assert cleaned("a\x00b\x0bc\ud800d\ufffee\r\nf\tg") == "abcde\nf\tg"


def test_blanks_at_the_ends_stay(tmp_path: Path) -> None:
    rows = [(" a ",), ("b\n",), ("\tc",), ("two  blanks",), ("   ",)]
    assert by_calamine(written(tmp_path, [Column("A")], rows)) == [list(row) for row in rows]
    assert by_openpyxl(written(tmp_path, [Column("A")], rows)) == [list(row) for row in rows]


def test_text_that_looks_like_an_escape(tmp_path: Path) -> None:
    path = written(tmp_path, [Column("A")], [("_x0041_ and _x005F_",)])
    assert by_calamine(path) == [["_x0041_ and _x005F_"]]


@given(st.text(alphabet="a中😀", max_size=40), st.integers(2, 9))
def test_pieces_are_the_whole(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert "".join(parts) == text
    assert all(units(part) <= limit for part in parts)


@pytest.mark.parametrize("sign", ["中", "😀"])
def test_a_text_too_long_for_a_cell_stands_whole_on_its_own_sheet(
    tmp_path: Path, sign: str
) -> None:
    long = sign * 70_000 + "end"
    rows = [("a", "short"), ("b", long), ("c", long)]
    path = written(tmp_path, [Column("Name"), Column("Note")], rows)
    main = by_calamine(path)
    assert main[0] == ["a", "short"]
    assert units(main[1][1]) <= CELL_LIMIT
    parts = by_calamine(path, 1)
    first = [row for row in parts if row[0] == "T!B3"]
    assert "".join(row[3] for row in first) == long
    assert [row[2] for row in first] == list(range(1, len(first) + 1))
    # The sign in the cell names the row where the whole text begins.
    for place, [_, text] in (("T!B3", main[1]), ("T!B4", main[2])):
        begins = [row[0] for row in parts].index(place) + 2
        assert text.endswith(f"sheet “Long texts”, row {begins})")
