"""A small writer of binary workbooks (BIFF12) for tests, by the record layouts of [MS-XLSB]."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_MAIN = "application/vnd.ms-excel"
_PARTS = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_EPOCH = dt.datetime(1899, 12, 30)
_PLAIN, _DAY, _MOMENT = range(3)  # the formats of cells
_FORMATS = (0, 14, 22)  # general, m/d/yy, m/d/yy h:mm
_BORDER = bytes(4 * 10)


def write_xlsb(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """Write sheets of rows of texts, numbers, ticks, days, moments and None."""
    texts: dict[str, int] = {}
    made = [_sheet(rows, texts) for rows in sheets.values()]
    numbers = range(1, len(made) + 1)
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in numbers]
    links += [("rIdS", "styles", "styles.bin"), ("rIdT", "sharedStrings", "sharedStrings.bin")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _content_types(numbers))
        file.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.bin")]))
        file.writestr("xl/_rels/workbook.bin.rels", _relations(links))
        file.writestr("xl/workbook.bin", _workbook(list(sheets)))
        file.writestr("xl/styles.bin", _styles())
        file.writestr("xl/sharedStrings.bin", _shared(list(texts)))
        for number, sheet in zip(numbers, made, strict=True):
            file.writestr(f"xl/worksheets/sheet{number}.bin", sheet)
    return path


def _record(kind: int, *data: bytes) -> bytes:
    """One record: its kind and size seven bits at a time, then its data."""
    body = b"".join(data)
    return _sevens(kind) + _sevens(len(body)) + body


def _sevens(number: int) -> bytes:
    found = bytearray()
    while True:
        number, low = number >> 7, number & 0x7F
        found.append(low | (0x80 if number else 0))
        if not number:
            return bytes(found)


def _wide(text: str) -> bytes:
    """XLWideString: the count of UTF-16 units, then these."""
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _workbook(names: list[str]) -> bytes:
    sheets = (
        _record(156, struct.pack("<II", 0, number), _wide(f"rId{number}"), _wide(name))
        for number, name in enumerate(names, start=1)
    )  # BrtBundleSh: visible, its number, its part, its name
    return b"".join(
        [
            _record(131),  # BrtBeginBook
            _record(153, struct.pack("<II", 0, 0), _wide("")),  # BrtWbProp: days since 1900
            _record(143), *sheets, _record(144),  # BrtBeginBundleShs, BrtEndBundleShs
            _record(132),  # BrtEndBook
        ]
    )  # fmt: skip


def _styles() -> bytes:
    """Formats of cells alone differ; one font, fills, a border and a style as there must be."""
    font = _record(43, struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0),
                   bytes([7, 1, 0, 0, 0, 0, 0, 255, 2]), _wide("Calibri"))  # fmt: skip
    fills = [_record(45, struct.pack("<I", kind), bytes(64)) for kind in (0, 17)]
    border = _record(46, bytes(1), _BORDER, bytes(10))
    cells = [struct.pack("<HHHHHBBHH", 0, one, 0, 0, 0, 0, 0, 0x1008, 0) for one in _FORMATS]
    base = struct.pack("<HHHHHBBHH", 0xFFFF, 0, 0, 0, 0, 0, 0, 0x1008, 0)
    lists = [
        (611, 612, [font]),
        (603, 604, fills),
        (613, 614, [border]),
        (626, 627, [_record(47, base)]),
        (617, 618, [_record(47, cell) for cell in cells]),
        (619, 620, [_record(48, struct.pack("<IHBB", 0, 1, 0, 0), _wide("Normal"))]),
    ]
    listed = (
        _record(begin, struct.pack("<I", len(ones))) + b"".join(ones) + _record(end)
        for begin, end, ones in lists
    )
    return b"".join([_record(278), *listed, _record(279)])


def _shared(texts: list[str]) -> bytes:
    items = [_record(19, b"\0", _wide(text)) for text in texts]  # BrtSSTItem: plain
    head = struct.pack("<II", len(texts), len(texts))
    return b"".join([_record(159, head), *items, _record(160)])


def _sheet(rows: Sequence[Sequence[Any]], texts: dict[str, int]) -> bytes:
    width = max(map(len, rows), default=1)
    found = [
        _record(129),  # BrtBeginSheet
        _record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)),  # BrtWsDim
        _record(145),  # BrtBeginSheetData
    ]
    for number, row in enumerate(rows):
        span = struct.pack("<III", 1, 0, max(len(row) - 1, 0))
        found.append(_record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0, 0), span))
        found += [_cell(column, value, texts) for column, value in enumerate(row)]
    return b"".join([*found, _record(146), _record(130)])  # BrtEndSheetData, BrtEndSheet


def _cell(column: int, value: Any, texts: dict[str, int]) -> bytes:
    style = {dt.datetime: _MOMENT, dt.date: _DAY}.get(type(value), _PLAIN)
    head = struct.pack("<II", column, style)
    if value is None:
        return _record(1, head)  # BrtCellBlank
    if isinstance(value, bool):
        return _record(4, head, bytes([value]))  # BrtCellBool
    if isinstance(value, str):
        return _record(7, head, struct.pack("<I", texts.setdefault(value, len(texts))))
    if isinstance(value, int) and abs(value) < 1 << 29:
        return _record(2, head, struct.pack("<i", value << 2 | 2))  # BrtCellRk: a whole number
    if isinstance(value, dt.date):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
        value = (moment - _EPOCH) / dt.timedelta(days=1)
    return _record(5, head, struct.pack("<d", value))  # BrtCellReal


def _relations(links: list[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return f'{_XML}<Relationships xmlns="{_PARTS}/relationships">{inner}</Relationships>'


def _content_types(numbers: range) -> str:
    kinds = [("/xl/workbook.bin", ".sheet.binary.macroEnabled.main"), ("/xl/styles.bin", ".styles"),
             ("/xl/sharedStrings.bin", ".sharedStrings")]  # fmt: skip
    kinds += [(f"/xl/worksheets/sheet{number}.bin", ".worksheet") for number in numbers]
    inner = "".join(
        f'<Override PartName="{name}" ContentType="{_MAIN}{kind}"/>' for name, kind in kinds
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'  # noqa: E501
    return f'{_XML}<Types xmlns="{_PARTS}/content-types">{rels}{inner}</Types>'
