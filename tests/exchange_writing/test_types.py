"""Values come back typed: numbers as numbers, dates as dates, telephone numbers as text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.exchange.writing import Column, ColumnType
from tests.exchange_writing.tables import by_calamine, by_csv, by_openpyxl, written

T = ColumnType
COLUMNS = [
    Column("Phone", T.TEXT),
    Column("Count", T.INTEGER),
    Column("Factor", T.DECIMAL, scale=4),
    Column("Amount", T.MONEY),
    Column("Tax", T.PERCENT, scale=0),
    Column("Day", T.DATE),
    Column("Moment", T.DATETIME),
    Column("Active", T.BOOL),
    Column("Mail", T.LINK_MAIL),
]
DAY = date(2024, 2, 29)
MOMENT = datetime(2024, 2, 29, 13, 45, 59)
ROW = (
    "013800138000",
    42,
    Decimal("1.2345"),
    Decimal("-10005534.05"),
    Decimal("13"),
    DAY,
    MOMENT,
    True,
    "a&b@例子.cn",
)


def test_typed_in_a_workbook(tmp_path: Path) -> None:
    path = written(tmp_path, COLUMNS, [ROW, (None,) * 9, ("",) * 9])
    expected = ["013800138000", 42, 1.2345, -10005534.05, 0.13]
    for read in (by_openpyxl(path), by_calamine(path)):
        assert read[0][:5] == expected
        assert read[0][6:] == [MOMENT, True, "a&b@例子.cn"]
    assert by_openpyxl(path)[0][5] == datetime(2024, 2, 29)
    assert by_calamine(path)[0][5] == DAY


def test_typed_in_csv(tmp_path: Path) -> None:
    path = written(tmp_path, COLUMNS, [ROW, (None,) * 9], "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfPhone,")
    assert b"\r\n" in path.read_bytes()
    first, second = by_csv(path)
    assert first[:5] == ["013800138000", "42", "1.2345", "-10005534.05", "13%"]
    assert first[5:] == ["2024-02-29", "2024-02-29 13:45:59", "TRUE", "a&b@例子.cn"]
    assert second == [""] * 9


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (T.INTEGER, 10**14, 10**14),
        (T.INTEGER, 110101199003071234, "110101199003071234"),
        (T.INTEGER, 0, 0),
        (T.MONEY, Decimal("1E+3"), 1000),
        (T.MONEY, Decimal("0.00"), 0),
        (T.MONEY, Decimal("1234567890123456.78"), "1234567890123456.78"),
        (T.DECIMAL, Decimal("NaN"), "NaN"),
        (T.DECIMAL, 0.1, 0.1),
        (T.PERCENT, Decimal("0.0001"), 0.000001),
        (T.PERCENT, 6, 0.06),
        (T.DATE, date(1900, 1, 31), "1900-01-31"),
        (T.DATE, date(1901, 1, 1), date(1901, 1, 1)),
        (T.DATE, "05-06", "05-06"),
        (T.DATE, datetime(2024, 5, 6, 7), date(2024, 5, 6)),
        (T.DATETIME, datetime(2024, 5, 6, 7, 8, tzinfo=UTC), datetime(2024, 5, 6, 7, 8)),
        (T.DATETIME, datetime(1850, 5, 6, 7, 8), "1850-05-06 07:08:00"),
        (T.BOOL, False, False),
        (T.INTEGER, True, "True"),
        (T.TEXT, 5, "5"),
        (T.TEXT, Decimal("1E+2"), "100"),
    ],
)
def test_the_odd_ones(tmp_path: Path, kind: ColumnType, value: object, read: object) -> None:
    path = written(tmp_path, [Column("A", kind), Column("B")], [(value, "x")])
    [[found, _]] = by_calamine(path)
    assert found == read
    assert isinstance(found, bool) == isinstance(read, bool)


def test_a_usual_batch_and_a_careful_one_agree(tmp_path: Path) -> None:
    """The fast path and the careful path write the same cell."""
    odd: tuple[Any, ...] = ("\n", "x", "x", "x", "x", "x", "x", "x", "\n")
    fast = by_calamine(written(tmp_path, COLUMNS, [ROW]))
    careful = by_calamine(written(tmp_path, COLUMNS, [ROW, odd]))
    assert fast[0] == careful[0]


def test_formats_header_filter_and_print(tmp_path: Path) -> None:
    path = written(tmp_path, COLUMNS, [ROW, ROW])
    sheet = openpyxl.load_workbook(path).worksheets[0]
    formats = [cell.number_format for cell in sheet[2]]
    assert formats[:4] == ["@", "0", "#,##0.00##", "#,##0.00"]
    assert formats[4:] == ["0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "General", "@"]
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:I3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    link = sheet["I2"].hyperlink
    assert link is not None
    assert link.target == "mailto:a%26b@%E4%BE%8B%E5%AD%90.cn"


def test_widths_follow_hint_header_and_values(tmp_path: Path) -> None:
    columns = [Column("Hint", width=33), Column("A"), Column("B"), Column("C")]
    rows = [("x", "short", "上海某某科技有限公司北京分公司", "long " * 100)]
    sheet = openpyxl.load_workbook(written(tmp_path, columns, rows)).worksheets[0]
    sizes = [round(sheet.column_dimensions[name].width) for name in "ABCD"]
    assert sizes == [34, 9, 32, 61]


def test_a_day_and_a_time_of_day_in_one_column(tmp_path: Path) -> None:
    midnight = datetime(2024, 2, 29)
    rows = [(DAY,), (datetime(2024, 2, 29, 10, 30),), (None,), (midnight,), (date(1888, 8, 8),)]
    path = written(tmp_path, [Column("When", T.WHEN)], rows)
    cells = [row[0] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2)]
    assert [(cell.value, cell.number_format) for cell in cells[:2]] == [
        (datetime(2024, 2, 29), "yyyy-mm-dd"),
        (datetime(2024, 2, 29, 10, 30), "yyyy-mm-dd hh:mm"),
    ]
    # Midnight as a number would be the day alone.
    assert [cell.value for cell in cells[2:]] == [None, "2024-02-29 00:00:00", "1888-08-08"]
    assert by_calamine(path)[:2] == [[DAY], [datetime(2024, 2, 29, 10, 30)]]
    lines = by_csv(written(tmp_path, [Column("When", T.WHEN)], rows, "csv"))
    assert lines == [
        ["2024-02-29"],
        ["2024-02-29 10:30"],
        [""],
        ["2024-02-29 00:00"],
        ["1888-08-08"],
    ]


def test_decimals_beyond_two_are_shown_where_there_are_any(tmp_path: Path) -> None:
    columns = [
        Column("Price", T.MONEY, scale=4),
        Column("Sum", T.MONEY),
        Column("n", T.DECIMAL, scale=0),
    ]
    path = written(tmp_path, columns, [(Decimal("86800"), Decimal(1), Decimal(3))])
    row = next(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2))
    assert [cell.number_format for cell in row] == ["#,##0.00##", "#,##0.00", "#,##0"]
