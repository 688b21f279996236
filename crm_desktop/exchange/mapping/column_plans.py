"""The columns of a plan: where each goes, what it holds, how its values are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crm_desktop.domain.dates import date_order
from crm_desktop.domain.fields import FieldType
from crm_desktop.exchange.cells import are_fractions, is_blank
from crm_desktop.exchange.mapping import content, past
from crm_desktop.exchange.mapping.currencies import money_options
from crm_desktop.exchange.mapping.labels import SORTED, label_beside
from crm_desktop.exchange.mapping.layouts import Layout
from crm_desktop.exchange.mapping.plan import ColumnPlan, Existing
from crm_desktop.exchange.mapping.targets import PRICE_TARGETS, target_keys
from crm_desktop.exchange.reading.facts import Value

_SAMPLES = 3
_MOSTLY = 0.5


def column_plans(
    kind_of_sheet: str,
    names: Sequence[str],
    columns: Sequence[Sequence[Value]],
    taken: Mapping[int, tuple[str, bool]],
    *,
    own: bool,
    layout: Layout | None,
) -> Iterator[ColumnPlan]:
    """All columns with a name or a value. `taken`: column → (target, sure); `own`: an export of
    this program; `layout`: the one of another program.
    """
    allowed = target_keys(kind_of_sheet)
    for index, values in enumerate(columns):
        name = names[index] if index < len(names) else ""
        filled = [value for value in values if not is_blank(value)]
        target, sure = taken.get(index, (None, False))
        column = ColumnPlan(index, name, target, sure, len(filled))
        column.samples = [content.spelled(value)[:80] for value in filled[:_SAMPLES]]
        if target is not None:
            kind = allowed[target].field.type
            if kind in (FieldType.DATE, FieldType.BIRTHDAY, FieldType.DUE):
                order = date_order(filled)
                if order is not None:
                    column.options["date_order"] = order
            if not own:
                column.options |= money_options(allowed[target], name, filled)
            if kind_of_sheet == "price_lists" and target in PRICE_TARGETS:
                column.existing = Existing.OVERWRITE.value
            if target == "activity.due" and not own:
                taken_by = {key: at for at, (key, _) in taken.items()}
                if "activity.state" not in taken_by:
                    subject = taken_by.get("activity.subject", index)
                    above = [names[subject]] if subject < len(names) else []
                    column.options[past.OPTION] = past.past_of(name, above)
            if kind is FieldType.PERCENT and own:
                column.options["rate"] = "own"
            elif (kind is FieldType.PERCENT or target.endswith(".probability")) and are_fractions(
                filled
            ):
                column.options["rate"] = "fraction"
            if kind is FieldType.BIRTHDAY and any(word in name for word in ("农历", "阴历")):
                column.options["calendar"] = "lunar"
            if layout is not None and layout.separator and allowed[target].several:
                column.options["separator"] = layout.separator
                column.options["own_mark"] = layout.own_mark
            if layout is not None and allowed[target].field.point == SORTED[0]:
                label = label_beside(names, index)
                if label is not None:
                    column.options["label"] = str(label)
            column.sure = sure and _agrees(target, filled)
        if name or filled:
            yield column


def _agrees(target: str, filled: Sequence[Value]) -> bool:
    """Whether the values do not contradict the word above them."""
    if not filled:
        return True
    if target.endswith(".email"):
        return content.share(filled, "email") > _MOSTLY
    if target == "person.mobile":
        looks = content.share(filled, "mobile") + content.share(filled, "phone")
        return looks > _MOSTLY
    return True
