"""Headings over the rows of a grouped list: which stand where, which are folded, what they say."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.grouping import BY_MONTH, Grouped, RowGroup
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui import formats
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import Presenter, field_label, state_label

NO_IDS: array[int] = array("q")


class Headings:
    """The rows of one grouped list. A heading stands among the ids as its number, negated."""

    def __init__(self, found: Grouped, folded: frozenset[Any] = frozenset()) -> None:
        self.found = found
        self.folded = folded
        self.rows: array[int] = array("q")  # where the headings stand
        self.ids: array[int] = array("q")
        at = 0
        for number, group in enumerate(found.groups):
            self.rows.append(len(self.ids))
            self.ids.append(-number - 1)
            if not self.is_folded(group):
                self.ids += found.ids[at : at + group.count]
            at += group.count
        self.ids += found.ids[at:]

    def is_folded(self, group: RowGroup) -> bool:
        """Whether its rows are hidden."""
        return _identity(group) in self.folded

    def toggled(self, group: RowGroup) -> Headings:
        """The same with one heading folded, or unfolded."""
        return Headings(self.found, self.folded ^ {_identity(group)})

    def all_folded(self, folded: bool) -> Headings:
        """The same with every heading folded, or none."""
        every = frozenset(map(_identity, self.found.groups)) if folded else frozenset()
        return Headings(self.found, every)

    def again(self, found: Grouped) -> Headings:
        """Other rows, folded as these are."""
        return Headings(found, self.folded)

    def between(self, first: int, last: int) -> int:
        """How many headings stand from row `first` to row `last`."""
        return bisect_left(self.rows, last + 1) - bisect_left(self.rows, first)


def _identity(group: RowGroup) -> Any:
    return group.value.id if isinstance(group.value, Ref) else group.value


class HeadingTexts:
    """What a heading says: the value its rows share, how many there are, their sums."""

    def __init__(self, kind: Kind, presenter: Presenter, fields: Sequence[Field]) -> None:
        self._kind = kind
        self._presenter = presenter
        self._fields: Mapping[str, Field] = {field.key: field for field in fields}

    def name(self, key: str, group: RowGroup) -> str:
        """The shared value of the field `key`, in words."""
        field, value = self._fields[key], group.value
        if field.type is FieldType.BOOLEAN:
            return tr("table.yes" if value else "table.no")
        if value is None:
            return tr("table.group_none", field=field_label(self._kind, field))
        if field.type in BY_MONTH:
            year, month = str(value).split("-")
            return tr("table.group_month", year=year, month=formats.month_name(int(month)))
        if field.type is FieldType.BIRTHDAY:
            return formats.month_name(int(value))
        if field.type is FieldType.CHOICE:
            return self._presenter.item(int(value))[0]
        if field.type is FieldType.STATE:
            return state_label(self._kind, str(value))
        return value.title if isinstance(value, Ref) else str(value)

    def sums(self, group: RowGroup) -> str:
        """The sums of its rows."""
        said = [tr("format.colon", name=n, value=v) for n, v in self.amounts(group.sums)]
        return tr("table.sums_gap").join(said)

    def amounts(self, sums: Mapping[str, Mapping[str, Decimal]]) -> list[tuple[str, str]]:
        """Sums by field and currency as (name of the field, amounts)."""
        found = []
        for key, by_code in sums.items():
            texts = [self._presenter.amount(n, code) for code, n in sorted(by_code.items())]
            found.append((field_label(self._kind, self._fields[key]), formats.joined(texts)))
        return found
