"""A few bytes lost on the way: the encoding is still found, and what was lost is counted."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.exchange.reading import FileFacts, Row, open_file

LINES = [
    "姓名,公司,手机,备注",
    *(f"张伟,苏州恒远精密机械有限公司,138123456{n:02},需要回访，带样品" for n in range(8)),
]
TRADITIONAL = [
    "姓名,公司名稱,手機,備註",
    *(f"張偉,臺北精密機械有限公司,138123456{n:02},需要回訪客戶，帶樣品" for n in range(8)),
]
WESTERN = [
    "Nombre,Compañía,Ciudad",
    *(f"José Muñoz {n},Construcción e Ingeniería,Málaga" for n in range(8)),
]


def read(path: Path, data: bytes, **how: Any) -> tuple[FileFacts, list[Row]]:
    path.write_bytes(data)
    with open_file(path, **how) as opened:
        return opened.facts, [row for batch in opened.rows() for row in batch]


@pytest.mark.parametrize(
    ("encoding", "lines"),
    [
        ("utf-8", LINES),
        ("utf-8", TRADITIONAL),
        ("utf-8", WESTERN),
        ("utf-8-sig", LINES),
        ("gb18030", LINES),
        ("big5", TRADITIONAL),
    ],
)
def test_one_bad_byte_anywhere(tmp_path: Path, encoding: str, lines: list[str]) -> None:
    whole = "\r\n".join(lines).encode(encoding)
    table = [tuple(line.split(",")) for line in lines]
    wide = [at for at, byte in enumerate(whole) if byte > 0x7F and at > 3]
    chance = random.Random(encoding)
    for at in chance.sample(wide, 40):
        for bad in (b"\xff", b"\x80", b""):
            data = whole[:at] + bad + whole[at + 1 :]
            facts, rows = read(tmp_path / "a.csv", data)
            assert facts.encoding == encoding, (at, bad)
            spoilt = [row for row, first in zip(rows, table, strict=True) if row != first]
            assert len(spoilt) <= 1, (at, bad)
            if facts.damaged_characters:
                assert any("\ufffd" in str(cell) for cell in spoilt[0])
            else:  # another letter as good as any
                data.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_torn_last_character_is_counted(tmp_path: Path, encoding: str) -> None:
    data = "\n".join((*LINES, "王")).encode(encoding)[:-1]
    facts, rows = read(tmp_path / "a.csv", data)
    assert facts.damaged_characters == 1
    assert rows[-1] == ("\ufffd",)
    assert rows[1][0] == "张伟"


def test_what_the_chosen_encoding_cannot_read_is_counted(tmp_path: Path) -> None:
    facts, _ = read(tmp_path / "a.csv", "\n".join(LINES).encode(), encoding="gb18030")
    assert facts.damaged_characters > 0
    facts, _ = read(tmp_path / "a.csv", "\n".join(LINES).encode(), encoding="utf-8")
    assert facts.damaged_characters == 0
