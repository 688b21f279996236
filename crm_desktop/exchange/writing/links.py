"""Mail links of a sheet: kept packed while its rows stream by, because they stand after them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from urllib.parse import quote

_MOST = 65_530  # links per sheet, Excel specifications and limits
_ADDRESS = re.compile(r"[^\s@<>\"',;:\\]{1,64}@[^\s@<>\"',;:\\]{1,190}")
_PLAIN = re.compile(r"[A-Za-z0-9@.+_-]+")
_SLICE = 65_536
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class _Packed:
    """Text that is only appended, held compressed."""

    def __init__(self) -> None:
        self._packer = zlib.compressobj(1)
        self._parts: list[bytes] = []

    def add(self, text: str) -> None:
        packed = self._packer.compress(text.encode())
        if packed:
            self._parts.append(packed)

    def read(self) -> Iterator[bytes]:
        """The text again, in slices; ends the adding."""
        self._parts.append(self._packer.flush())
        opener = zlib.decompressobj()
        for part in self._parts:
            yield opener.decompress(part, _SLICE)
            while opener.unconsumed_tail:
                yield opener.decompress(opener.unconsumed_tail, _SLICE)
        yield opener.flush()


class Links:
    """The links of one sheet; what Excel could not hold stays plain text."""

    def __init__(self) -> None:
        self._count = 0
        self._places = _Packed()
        self._targets = _Packed()

    def __bool__(self) -> bool:
        return self._count > 0

    def add(self, letter: str, first: int, values: Sequence[object]) -> None:
        """Link every e-mail address among the values of a column, from the row `first` on."""
        places: list[str] = []
        targets: list[str] = []
        for number, value in enumerate(values, first):
            if self._count == _MOST:
                break
            if isinstance(value, str) and _ADDRESS.fullmatch(value):
                self._count += 1
                places.append(f'<hyperlink ref="{letter}{number}" r:id="l{self._count}"/>')
                address = (
                    value if _PLAIN.fullmatch(value) else quote(value, "@.+-_", errors="ignore")
                )
                targets.append(
                    f'<Relationship Id="l{self._count}" Type="{_RELATION}"'
                    f' Target="mailto:{address}" TargetMode="External"/>'
                )
        self._places.add("".join(places))
        self._targets.add("".join(targets))

    def places(self) -> Iterator[bytes]:
        """The part inside the sheet."""
        yield b"<hyperlinks>"
        yield from self._places.read()
        yield b"</hyperlinks>"

    def targets(self) -> Iterator[bytes]:
        """The file of the sheet's relations."""
        yield b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        yield b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        yield from self._targets.read()
        yield b"</Relationships>"
