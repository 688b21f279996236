"""The program's own words above columns and in cells: what was exported is known again."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from crm_desktop.domain import schema
from crm_desktop.domain.dates import date_order
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.mapping.plan import ImportPlan
from crm_desktop.exchange.mapping.synonyms import normalised
from crm_desktop.exchange.mapping.targets import IMPORT_KINDS
from crm_desktop.exchange.writing import own_header
from crm_desktop.words import LANGUAGES, Words

# A foreign list may use some of our words; only an export has nearly all of them.
_SHARE = 0.8
_FEWEST = 5


@functools.cache
def _labels(kind: Kind, language: str) -> dict[str, str]:
    """The columns of an export in one language: word → key of the field."""
    text = Words(language).text
    labels: dict[str, str] = {}
    for field in schema.FIELDS[kind]:
        labels.setdefault(normalised(text(f"field.{kind.value}.{field.key}")), field.key)
    return labels


def exported(kind: Kind, names: Sequence[str]) -> dict[int, str]:
    """Field keys by column, where these are the headers of an export of ours; else nothing."""
    written = [normalised(name) for name in names]
    known = {language: _labels(kind, language).keys() & set(written) for language in LANGUAGES}
    language = max(LANGUAGES, key=lambda one: len(known[one]))
    labels = _labels(kind, language)
    whole = len(labels) >= _FEWEST and len(known[language]) >= _SHARE * len(labels)
    # A workbook of ours says by its hidden columns what it is, however few others it has.
    if not whole and not is_said(kind, names):
        return {}
    return {
        index: labels[name]
        for index, name in enumerate(written)
        if name in labels and name not in written[:index]
    }


def is_said(kind: Kind, names: Sequence[str]) -> bool:
    """Whether a hidden column says that these are rows of this kind."""
    uid = normalised(own_header(kind, "uid"))
    return any(normalised(name) == uid for name in names)


def key_of(kind: Kind, name: str) -> str | None:
    """The field that an export would call so, in any language."""
    return next(
        (
            labels[normalised(name)]
            for labels in (_labels(kind, language) for language in LANGUAGES)
            if normalised(name) in labels
        ),
        None,
    )


def know_own_fields(plan: ImportPlan, custom: Sequence[tuple[Kind, Field]]) -> None:
    """Columns called as a field of the user's own go there; our own words win over theirs."""
    kinds = IMPORT_KINDS[plan.kind]
    places: dict[str, tuple[Kind, Field]] = {}
    for kind in kinds:
        for owner, field in custom:
            if owner is kind:
                places.setdefault(normalised(field.name), (kind, field))
    for column in plan.columns:
        found = places.pop(normalised(column.header), None)
        if found is None or any(key_of(kind, column.header) for kind in kinds):
            continue
        kind, field = found
        column.target, column.sure = f"{kind.value}.{field.key}", True
        for unit in ("scale", "currency"):  # it is that of the field, which is called so, too
            column.options.pop(unit, None)
        if field.type is FieldType.DATE and (order := date_order(column.samples)) is not None:
            column.options["date_order"] = order


def state_of(kind: Kind, states: Sequence[str], name: str) -> str | None:
    """The state that is called so in any language."""
    for language in LANGUAGES:
        words = Words(language)
        for state in states:
            if normalised(words.text(f"state.{kind.value}.{state}")) == normalised(name):
                return state
    return None
