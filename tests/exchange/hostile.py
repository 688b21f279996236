"""Writers of hostile and broken workbooks, all generated."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import openpyxl

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"/></Relationships>'
)
_BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = (
    '{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{extra}<sheetData>{rows}</sheetData></worksheet>"
)


def package(
    path: Path, sheet: str, *, others: Iterable[tuple[str, bytes]] = (), book: str = _BOOK
) -> Path:
    """A minimal xlsx around one sheet part."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels", _RELS.format(kind="officeDocument", target="xl/workbook.xml")
        )
        archive.writestr("xl/workbook.xml", book)
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _RELS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, data in others:
            archive.writestr(name, data)
    return path


def cells(*refs: str) -> str:
    """Rows with one number in each of these cells."""
    rows = ""
    for ref in refs:
        digits = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        rows += f'<row r="{digits}"><c r="{ref}"><v>1</v></c></row>'
    return rows


def sheet(rows: str, before: str = "", extra: str = "") -> str:
    """A sheet part."""
    return SHEET.format(rows=rows, before=before, extra=extra)


def bomb(path: Path, ratio: int, megabytes: int = 40) -> Path:
    """A workbook with a part that inflates by about `ratio` (noise makes it pack less)."""
    size = megabytes << 20
    noise = random.Random(ratio).randbytes(size // ratio)
    blanks = b" " * (size - len(noise))
    return package(path, sheet(cells("A1")), others=[("xl/media/noise.bin", noise + blanks)])


def lie_about_sizes(path: Path) -> None:
    """Let the directory and the local headers claim that every part has ten bytes."""
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset : at + offset + 4] = struct.pack("<I", 10)
            at = data.find(mark, at + 4)
    path.write_bytes(bytes(data))


def customers(path: Path, count: int = 12) -> Path:
    """A small ordinary list."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["姓名", "公司", "手机", "邮箱"])
    for number in range(count):
        page.append([f"张伟{number}", f"公司{number}", 13800138000 + number, f"a{number}@b.cn"])
    book.save(path)
    return path


def mutated(path: Path, seed: int) -> Path:
    """An ordinary workbook with one thing in it broken; which one depends on the seed."""
    chance = random.Random(seed)
    whole = customers(path)
    way = chance.randrange(6)
    if way == 0:
        data = bytearray(whole.read_bytes())
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(data))
        return path
    if way == 1:
        data = bytearray(whole.read_bytes())
        path.write_bytes(bytes(data[: chance.randrange(10, len(data))]))
        return path
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    text = parts[name]
    if way == 2:
        del parts[name]
    elif way == 3:
        start = chance.randrange(max(1, len(text)))
        parts[name] = text[:start] + text[start + chance.randrange(1, 40) :]
    elif way == 4:
        huge = str(chance.choice([10**9, 10**18, -1, 4294967296, 16385])).encode()
        digits = [i for i, byte in enumerate(text) if 48 <= byte <= 57] or [0]
        start = chance.choice(digits)
        parts[name] = text[:start] + huge + text[start + 1 :]
    else:
        parts[f"../{name}"] = parts.pop(name)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data_ in parts.items():
            archive.writestr(part, data_)
    path.write_bytes(buffer.getvalue())
    return path
