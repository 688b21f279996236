"""Which sign stands between the columns: less usual ones only where they make a table for sure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_desktop.exchange.reading import FileFacts, Row, open_file
from crm_desktop.exchange.reading.separators import ALIGNED, SEPARATORS

TABLE = [
    ["姓名", "公司", "手机", "城市"],
    *(["张伟", "苏州恒远精密机械有限公司", f"138123456{n:02}", "苏州"] for n in range(6)),
    ["欧阳小燕", "深圳绿源电子", "13912345678", "深圳"],
]
ENGLISH = [
    ["Name", "Company", "Phone"],
    ["Anna Miller", "Northwind Traders", "+49 30 1234567"],
    ["Ben Smith", "Acme", "+49 30 7654321"],
    ["Chloé Martin", "Boulangerie du Port", "+33 1 23456789"],
]


def read(folder: Path, text: str, **how: Any) -> tuple[FileFacts, list[Row]]:
    """A text file as it is understood."""
    path = folder / "list.txt"
    path.write_text(text, encoding="utf-8", newline="")
    with open_file(path, **how) as opened:
        return opened.facts, [row for batch in opened.rows() for row in batch]


def cells(rows: list[Row]) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in rows]


@pytest.mark.parametrize("sign", [one for one in SEPARATORS if one != ALIGNED])
def test_every_sign_that_can_be_chosen_is_found(tmp_path: Path, sign: str) -> None:
    text = "\n".join(sign.join(row) for row in TABLE)
    facts, rows = read(tmp_path, text)
    assert (facts.delimiter, cells(rows)) == (sign, TABLE)


@pytest.mark.parametrize("gap", ["  ", "    ", "\u3000"])
def test_gaps_of_some_blanks(tmp_path: Path, gap: str) -> None:
    for table in (TABLE, ENGLISH):
        facts, rows = read(tmp_path, "\r\n".join(gap.join(row) for row in table))
        assert (facts.delimiter, cells(rows)) == (ALIGNED, table)


def padded(text: str, width: int, *, by_places: bool) -> str:
    taken = sum(2 if by_places and not letter.isascii() else 1 for letter in text)
    return text + " " * (width - taken)


@pytest.mark.parametrize("by_places", [True, False])
@pytest.mark.parametrize("rule", [True, False])
def test_columns_under_each_other_with_empty_cells(
    tmp_path: Path, by_places: bool, rule: bool
) -> None:
    table = [list(row) for row in TABLE]
    table[2][1] = table[3][2] = table[4][3] = ""
    lines = ["".join(padded(cell, 28, by_places=by_places) for cell in row) for row in table]
    if rule:
        lines.insert(1, "-" * 27 + " " + "-" * 60)
    facts, rows = read(tmp_path, "\n".join(lines) + "\n")
    assert facts.delimiter == ALIGNED
    assert [row for row in cells(rows) if row] == table


def test_words_with_one_blank_between_them(tmp_path: Path) -> None:
    facts, rows = read(tmp_path, "\n".join(" ".join(row) for row in TABLE))
    assert (facts.delimiter, cells(rows)) == (ALIGNED, TABLE)


@pytest.mark.parametrize(
    "text",
    [
        "Full Name\nAnna Miller\nBen Smith\nChloe Martin\n",
        "Full Legal Name\nAnna Maria Miller\nBen John Smith\nChloe Marie Martin\n",
        "时间\n12:30\n13:45\n09:00\n",
        "12:30:00\n13:45:10\n09:00:30\n",
        "地址\n江苏省苏州市、工业园区\n浙江省杭州市、西湖区\n",
        "公司\n甲公司~苏州\n乙公司~上海\n丙公司~北京\n",
        "参会人员\n张伟、李娜、王芳\n赵敏、钱进、孙力\n",
        "Name: Anna\nPhone: 1234567\nMail: a@b.cn\n",
        "说明\n你好，请回电，谢谢\n收到，好的，再见\n",
        "公司名称\n苏州恒远\n上海青禾\n",
        "Company\nAcme\nSmith, Jones & Co\nNorthwind\nContoso\nFabrikam\n",
        "Company\nAcme; Berlin\nSmith\nNorthwind\nContoso\nFabrikam, Ltd\nAlpine | Ski\nZ\n",
    ],
)
def test_one_column_stays_one(tmp_path: Path, text: str) -> None:
    _, rows = read(tmp_path, text)
    assert cells(rows) == [[line] for line in text.splitlines()]


@pytest.mark.parametrize("usual", list(",;\t|"))
@pytest.mark.parametrize("other", ["~", "、", "，", ":", "  ", "；"])
def test_usual_signs_win(tmp_path: Path, usual: str, other: str) -> None:
    table = [
        ["name", f"place{other}street{other}door", "time"],
        *([f"Anna{n}", f"Suzhou{other}Road{other}{n}", f"12{other}30"] for n in range(5)),
    ]
    facts, rows = read(tmp_path, "\n".join(usual.join(row) for row in table))
    assert (facts.delimiter, cells(rows)) == (usual, table)


def test_titles_above_a_table(tmp_path: Path) -> None:
    for sign in (",", "^"):
        text = "\n".join(("客户名单", "制表：张三", "", *(sign.join(row) for row in TABLE[:3])))
        facts, rows = read(tmp_path, text)
        assert facts.delimiter == sign
        assert cells(rows)[3:] == TABLE[:3]


def test_a_line_further_down_that_is_cut_otherwise(tmp_path: Path) -> None:
    lines = ["：".join(TABLE[0]), *["：".join(TABLE[1])] * 150, "备注：没有"]
    facts, rows = read(tmp_path, "\n".join(lines))
    assert facts.delimiter == ","
    assert cells(rows)[-1] == ["备注：没有"]


def test_blanks_chosen_by_hand(tmp_path: Path) -> None:
    _, rows = read(tmp_path, "a b\nc\n\nd e f\n", delimiter=ALIGNED)
    assert rows == [("a", "b"), ("c",), (), ("d", "e", "f")]
