"""Columns of texts that no file has to look at one by one: they go out as bytes, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import overload

LONGEST = 16_383
"""Characters of a plain text: whatever planes they are from, a cell of Excel holds as many."""


@dataclass(frozen=True, slots=True, eq=False)
class PlainTexts(Sequence[str | None]):
    """Texts that are printable, on one line, not blank at their ends and not too long.

    `encoded` are they in UTF-8, b"" stands for None. `marked` says whether any may hold &, <, >
    or _x, which the XML of a workbook spells in another way.
    """

    encoded: list[bytes]
    marked: bool

    def __len__(self) -> int:
        return len(self.encoded)

    def __iter__(self) -> Iterator[str | None]:
        return (one.decode() or None for one in self.encoded)

    @overload
    def __getitem__(self, place: int) -> str | None: ...

    @overload
    def __getitem__(self, place: slice) -> PlainTexts: ...

    def __getitem__(self, place: int | slice) -> PlainTexts | str | None:
        if isinstance(place, slice):
            return PlainTexts(self.encoded[place], self.marked)
        return self.encoded[place].decode() or None

    def count(self, value: object) -> int:
        """How often a text is among them, or None."""
        if value is None:
            return self.encoded.count(b"")
        return self.encoded.count(value.encode()) if isinstance(value, str) and value else 0

    def picked(self, pick: Callable[[list[bytes]], Iterable[bytes]]) -> PlainTexts:
        """Those of them, in the order, that `pick` takes out of a list."""
        return PlainTexts(list(pick(self.encoded)), self.marked)


def is_plain(text: str) -> bool:
    """Whether a text may stand among plain ones; "" may, for None."""
    return text.isprintable() and text == text.strip() and len(text) <= LONGEST


def plain_in_json(array: str, count: int) -> PlainTexts | None:
    """The texts of a JSON array of `count` values; None where any is no plain text.

    A text without a backslash holds no quotation mark, so what stands between "," are the texts.
    """
    packed = array.encode()
    if not packed.startswith(b'["') or b"\\" in packed:
        return None
    # Of ASCII the other controls are escaped, with a backslash.
    if b"\x7f" in packed if array.isascii() else not array.isprintable():
        return None
    if b" " in packed and (b'" ' in packed or b' "' in packed):  # at the end of a text
        return None
    encoded = packed[2:-2].split(b'","')
    if len(encoded) != count:  # something stands there that is no text
        return None
    if len(packed) > LONGEST and max(map(len, encoded)) > LONGEST:
        return None
    return PlainTexts(encoded, _is_marked(packed))


def _is_marked(packed: bytes) -> bool:
    return b"&" in packed or b"<" in packed or b">" in packed or b"_x" in packed


def naming(names: Mapping[int, str]) -> Callable[[Iterable[int | None]], PlainTexts] | None:
    """What gives each of some values its name, an unknown one None; None where any is not plain."""
    if not all(map(is_plain, names.values())):
        return None
    encoded: dict[int | None, bytes] = {value: name.encode() for value, name in names.items()}
    marked = any(map(_is_marked, encoded.values()))
    return lambda values: PlainTexts(list(map(encoded.get, values, repeat(b""))), marked)
