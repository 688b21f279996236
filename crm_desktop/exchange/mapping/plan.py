"""The plan of an import: guessed, shown, edited by the user, kept as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from crm_desktop.exchange.mapping.synonyms import normalised


class Existing(StrEnum):
    """What happens to a record that is already in the book."""

    FILL = "fill"  # only what is empty there is filled in
    OVERWRITE = "overwrite"  # values of the file win
    SKIP = "skip"  # it stays as it is
    ADD = "add"  # the row becomes a new record all the same


COLUMN_POLICIES = ("", Existing.FILL.value, Existing.OVERWRITE.value, Existing.SKIP.value)
"""What one column may do to a record that is there: as the plan says; fill in only, so that it is
never overwritten; overwrite; nothing at all."""


@dataclass(slots=True)
class ColumnPlan:
    """What becomes of one column."""

    index: int
    """From 0, as cells lie in a row."""
    header: str
    """As shown: a second 电话 is "电话 (2)"; empty where the column has no header."""
    target: str | None = None
    """"person.mobile", "company.address.city", …; None = not imported."""
    sure: bool = False
    filled: int = 0
    """How many of the rows looked at hold a value."""
    samples: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    """`date_order`: ymd, dmy or mdy; `calendar`: lunar or solar, for birthdays; `rate`: fraction
    or own where numbers are parts of one, 1 the whole; `decimal`: comma or point, what stands
    before fractions; `currency`: the code or sign of amounts that name none, `scale`: what these
    are times, 10000 for 万元; `separator`: what stands between several values of a cell,
    `own_mark`: what begins those that are left out; `label`: the column (from 0) that says of each
    number whether it is a mobile or a fax; `past`: done or planned, what rows of days gone by
    are in a list of follow-ups."""
    values: dict[str, str] = field(default_factory=dict)
    """Values to replace: as in the file → as wanted in the book, "" = left out. Of a list these
    are names of its items, taken literally."""
    existing: str = ""
    """One of COLUMN_POLICIES."""


_SPELLED = {"person.name": ("person.family_name", "person.given_name")}


def fills(target: str, place: str) -> bool:
    """Whether a column with this target brings the value of a place, or a part of it."""
    return target == place or target.startswith(f"{place}.") or target in _SPELLED.get(place, ())


def fingerprint(headers: Iterable[str]) -> str:
    """Equal for equal headers, whatever their spelling; "" where there are none."""
    written = [name for name in map(normalised, headers) if name]
    if not written:
        return ""
    return hashlib.sha256("\n".join(written).encode()).hexdigest()[:16]


@dataclass(slots=True)
class ImportPlan:
    """How one sheet is read; every part may be edited."""

    sheet: int
    sheet_name: str
    header_row: int
    """Counted from 1 as spreadsheets do; 0 = there is none. Data starts in the next row."""
    kind: str
    """"people" (with their companies), "companies", "products", …: see IMPORT_KINDS."""
    columns: list[ColumnPlan] = field(default_factory=list)
    existing: Existing = Existing.FILL
    match: list[str] = field(default_factory=list)
    """What a record in the book is known by, of MATCH_KEYS; nothing = as is usual."""
    sure: bool = False
    """Whether kind and main column are beyond doubt; else the user should look."""
    kind_open: bool = False
    """Whether nothing says what the rows are: `kind` is no more than a place to begin at."""
    encoding: str = ""
    """Only for text files: overrules what is found."""
    delimiter: str = ""

    @property
    def mapped(self) -> list[ColumnPlan]:
        """The columns that are imported."""
        return [column for column in self.columns if column.target]

    def column(self, target: str) -> ColumnPlan | None:
        """The first column with this target."""
        return next((column for column in self.columns if column.target == target), None)

    def filling(self, place: str) -> tuple[int, ...]:
        """The columns that fill this place, whole or in parts."""
        return tuple(one.index for one in self.mapped if fills(one.target or "", place))

    @property
    def fingerprint(self) -> str:
        """Equal for files with the same headers: finds the mapping used last time."""
        return fingerprint(column.header for column in self.columns)

    def to_json(self) -> str:
        """The plan as a JSON document. Sample values are left out: they are customer data."""
        plain = asdict(self)
        for column in plain["columns"]:
            del column["samples"]
        return json.dumps(plain, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> ImportPlan:
        """The plan out of its JSON document. Raises ValueError where it is none."""
        plain: Any = json.loads(text)
        try:
            columns = [ColumnPlan(**column) for column in plain.pop("columns")]
            existing = Existing(plain.pop("existing"))
            return cls(**plain, columns=columns, existing=existing)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not an import plan") from error
