"""What a workbook says of itself so that it can come back edited, and finding that again."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from crm_desktop.domain.kinds import OWNERS, RECORD_KINDS, Kind
from crm_desktop.exchange.cells import as_text
from crm_desktop.exchange.reading.facts import Row
from crm_desktop.exchange.reading.handle import OpenedFile
from crm_desktop.exchange.writing import own_header
from crm_desktop.words import LANGUAGES

Fact = tuple[str, str]

MARK = "crm_export"
_MOST_CHARACTERS = 30_000  # of one cell, which holds 32,767
_FACT_ROWS = 5_000
_HEADER_ROWS = 30  # somebody may write a title above the table
_COLUMN = re.compile(r"column (\d+)")
_TABLES = ("xlsx", "xlsb", "xls", "ods")


@dataclass(frozen=True, slots=True)
class Returned:
    """An export of ours as it came back: what it was, and where its table stands now."""

    book: str
    kind: Kind
    language: str
    made: datetime | None
    gesture: int
    """The last one of the book when it was written; 0 where it is not told."""
    keys: tuple[str, ...]
    """Its fields in their first order."""
    ids: array[int]
    """Its records; empty where they are not told."""
    sheet: int
    sheet_name: str
    header_row: int
    """Counted from 1."""
    headers: tuple[str, ...]
    uid_column: int


def row_facts(ids: Sequence[int]) -> Iterator[Fact]:
    """Which records are written, in few characters: as spans of their numbers."""
    for number, text in enumerate(_spans(sorted(ids)), start=1):
        yield f"rows {number}", text


def find(opened: OpenedFile) -> Returned | None:
    """What the file says of itself; None where it is no export of ours that can come back."""
    if opened.facts.kind not in _TABLES:
        return None
    sheets = [n for n, sheet in enumerate(opened.sheets) if sheet.rows and not sheet.too_large]
    facts: dict[str, str] = {}
    for number in reversed(sheets):  # it is written behind the others
        if any(_cell(row, 0) == MARK for row in opened.head(number, 5)):
            facts = {_cell(row, 0): _cell(row, 1) for row in opened.head(number, _FACT_ROWS)}
            break
    kind = next((one for one in (*RECORD_KINDS, *OWNERS) if one.value == facts.get("kind")), None)
    if kind is None or facts.get("language") not in LANGUAGES:
        return None
    for number in sheets:
        for at, row in enumerate(opened.head(number, _HEADER_ROWS), start=1):
            headers = tuple(" ".join(as_text(value).split()) for value in row)
            uid = own_header(kind, "uid")
            if uid in headers:
                return Returned(
                    book=facts.get("book", ""),
                    kind=kind,
                    language=facts["language"],
                    made=_moment(facts.get("made", "")),
                    gesture=int(facts["gesture"]) if facts.get("gesture", "").isdecimal() else 0,
                    keys=_keys(facts),
                    ids=_ids(facts),
                    sheet=number,
                    sheet_name=opened.sheets[number].name,
                    header_row=at,
                    headers=headers,
                    uid_column=headers.index(uid),
                )
    return None


def _spans(ids: Sequence[int]) -> Iterator[str]:
    parts: list[str] = []
    length = 0
    first = last = None
    for one in (*ids, None):
        if first is not None and one is not None and last is not None and one == last + 1:
            last = one
            continue
        if first is not None:
            parts.append(str(first) if first == last else f"{first}-{last}")
            length += len(parts[-1]) + 1
            if length > _MOST_CHARACTERS:
                yield ",".join(parts)
                parts, length = [], 0
        first = last = one
    if parts:
        yield ",".join(parts)


def _ids(facts: dict[str, str]) -> array[int]:
    found = array("q")
    for name, text in facts.items():
        if not name.startswith("rows "):
            continue
        for part in text.split(","):
            first, _, last = part.partition("-")
            if first.isdecimal() and (last or first).isdecimal():
                found.extend(range(int(first), int(last or first) + 1))
    return found


def _keys(facts: dict[str, str]) -> tuple[str, ...]:
    numbered: Iterable[tuple[int, str]] = (
        (int(found[1]), key) for name, key in facts.items() if (found := _COLUMN.fullmatch(name))
    )
    return tuple(key for _, key in sorted(numbered))


def _cell(row: Row, index: int) -> str:
    return as_text(row[index]).strip() if index < len(row) else ""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
