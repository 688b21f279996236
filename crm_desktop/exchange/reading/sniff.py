"""Finds out what a file is by its content; its name is never asked."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading.charset import utf16_without_mark

_MAGIC = (
    (b"%PDF", "reading.pdf"),
    (b"\x89PNG", "reading.picture"),
    (b"\xff\xd8\xff", "reading.picture"),
    (b"GIF8", "reading.picture"),
    (b"BM", "reading.picture"),
    (b"II*\x00", "reading.picture"),
    (b"MM\x00*", "reading.picture"),
    (b"7z\xbc\xaf", "reading.archive"),
    (b"Rar!", "reading.archive"),
    (b"\x1f\x8b", "reading.archive"),
    (b"BZh", "reading.archive"),
    (b"\xfd7zXZ", "reading.archive"),
    (b"SQLite format 3", "reading.database"),
    (b"\x00\x01\x00\x00Standard", "reading.database"),
    (b"{\\rtf", "reading.word"),
    (b"MZ", "reading.program"),
    (b"\x7fELF", "reading.program"),
    (b"\x09\x00\x04\x00", "reading.old_excel"),
    (b"\x09\x02\x06\x00", "reading.old_excel"),
    (b"\x09\x04\x06\x00", "reading.old_excel"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|table|head|body|meta|div)\b")
_IN_TEXTS = b"\0\t\n\r\x0b\x0c\x1a\x1b\x01\x1e\x1f"  # the last three separate columns
_PART_KINDS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "reading.word"),
    ("ppt/presentation.xml", "reading.presentation"),
    ("index/document.iwa", "reading.numbers"),
    ("index.zip", "reading.numbers"),
)


def kind_of(path: Path) -> str:
    """xlsx, xlsb, xls, ods, vcf or text. Refuses others with the code of their own sentence."""
    with path.open("rb") as file:
        head = file.read(8192)
    if not head:
        raise Refused("reading.empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    for magic, code in _MAGIC:
        # Two letters also begin ordinary words: such files must show bytes no text has.
        if head.startswith(magic) and (len(magic) > 2 or _has_controls(head)):
            raise Refused(code)
    return _text_kind(head)


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            mimetype = b""
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    mimetype = entry.read(200)
    except (zipfile.BadZipFile, OSError, KeyError, NotImplementedError, RuntimeError, ValueError,
            EOFError) as error:  # fmt: skip
        raise Refused("reading.damaged") from error
    for part, kind in _PART_KINDS:
        if part in names:
            if "." in kind:
                raise Refused(kind)
            return kind
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if b"opendocument.text" in mimetype:
        raise Refused("reading.word")
    if b"opendocument.presentation" in mimetype:
        raise Refused("reading.presentation")
    # Some writers keep the workbook elsewhere and name it in the content types only.
    if "[content_types].xml" in names:
        return "xlsx"
    raise Refused("reading.archive" if names else "reading.empty")


def _ole_kind(path: Path) -> str:
    data = path.read_bytes()

    def holds(name: str) -> bool:
        return (name + "\0").encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Refused("reading.password")
    if holds("Workbook") or holds("Book"):
        return "xls"
    if holds("WordDocument"):
        raise Refused("reading.word")
    if holds("PowerPoint Document"):
        raise Refused("reading.presentation")
    if holds("__properties_version1.0") or holds("__nameid_version1.0"):
        raise Refused("reading.not_table")
    raise Refused("reading.damaged")


def _text_kind(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        codec = "utf-16-le" if head.startswith(b"\xff\xfe") else "utf-16-be"
        text = head[2:].decode(codec, "ignore").encode("utf-8", "ignore")
    lowered = text.lstrip()[:2000].lower()
    if b"schemas-microsoft-com:office:spreadsheet" in lowered:
        raise Refused("reading.xml_sheet")
    if _HTML.match(lowered) or lowered.startswith(b"mime-version:"):
        raise Refused("reading.html")
    if lowered.startswith(b"<?xml"):
        raise Refused("reading.html" if b"<html" in lowered else "reading.not_table")
    if lowered.startswith(b"begin:vcard"):
        return "vcf"
    if lowered.startswith(b"begin:vcalendar"):
        raise Refused("reading.calendar")
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and not utf16_without_mark(head) and _is_binary(head):
        raise Refused("reading.not_table")
    return "text"


def _has_controls(data: bytes) -> bool:
    return any(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a" for byte in data)


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are no text; a stray NUL here and there is forgiven."""
    controls = sum(byte < 32 and byte not in _IN_TEXTS for byte in head)
    return controls > len(head) // 50 or head.count(0) > max(2, len(head) // 20)
