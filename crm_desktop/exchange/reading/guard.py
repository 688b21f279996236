"""Guards a zipped workbook before any parser sees it: every part is inflated once and counted."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading.facts import Limits

CHUNK = 1 << 20
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
_XML_ENDINGS = (".xml", ".rels", ".vml", ".xhtml", ".rdf")


class Guard:
    """Walks the parts of one archive; `watch` is told every piece of the parts it wants."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._inflated = 0

    def walk(self, wanted: Callable[[str], Callable[[bytes], None] | None],
             step: Callable[[int, int], None]) -> None:  # fmt: skip
        """Inflate and count everything. Refuses bombs, lying directories and document types.

        `wanted(part name)` answers with a consumer for that part's bytes, or None;
        `step(done, total)` hears of the progress, in packed bytes.
        """
        limits = self._limits
        with zipfile.ZipFile(self._path) as archive:
            entries = archive.infolist()
        if len(entries) > limits.entries:
            raise Refused("reading.bomb")
        if sum(entry.file_size for entry in entries) > limits.inflated_bytes:
            raise Refused("reading.bomb")
        total = sum(entry.compress_size for entry in entries) or 1
        done = 0
        with self._path.open("rb") as file:
            for entry in entries:
                if entry.flag_bits & 1:
                    raise Refused("reading.password")
                consumer = wanted(entry.filename)
                is_xml = entry.filename.lower().endswith(_XML_ENDINGS)
                edge = b""
                for piece in self._pieces(file, entry):
                    if is_xml:
                        # A mark cut in two by the border of pieces is seen as well.
                        if any(mark in piece or mark in edge + piece[:20] for mark in _DOCTYPES):
                            raise Refused("reading.doctype")
                        edge = piece[-20:]
                    if consumer is not None:
                        consumer(piece)
                    step(done, total)
                done += entry.compress_size
                step(min(done, total), total)

    def _pieces(self, file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The true content of a part, whatever sizes the directory claims."""
        file.seek(entry.header_offset)
        header = file.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise Refused("reading.damaged")
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        file.seek(name_length + extra_length, 1)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from self._stored(file, entry)
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            yield from self._deflated(file, entry)
        else:
            raise Refused("reading.damaged")

    def _stored(self, file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        left = entry.compress_size
        while left > 0:
            piece = file.read(min(CHUNK, left))
            if not piece:
                raise Refused("reading.damaged")
            left -= len(piece)
            self._count(len(piece))
            yield piece

    def _deflated(self, file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-15)
        size, packed, rest = 0, 0, b""
        while not inflate.eof:
            if not rest:
                rest = file.read(1 << 16)
                if not rest:
                    raise Refused("reading.damaged")
                packed += len(rest)
            try:
                piece = inflate.decompress(rest, CHUNK)
            except zlib.error as error:
                raise Refused("reading.damaged") from error
            rest = inflate.unconsumed_tail
            size += len(piece)
            self._count(len(piece))
            if size > entry.file_size or (
                size > self._limits.ratio_from_bytes and size > self._limits.ratio * packed
            ):
                raise Refused("reading.bomb")
            yield piece

    def _count(self, size: int) -> None:
        self._inflated += size
        if self._inflated > self._limits.inflated_bytes:
            raise Refused("reading.bomb")
