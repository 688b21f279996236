"""Rows of a sheet that came back which are no records yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.domain import schema
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Problem
from crm_desktop.domain.roundtrip import NewRow
from crm_desktop.exchange.mapping.records import full_name
from crm_desktop.exchange.reading.facts import Value
from crm_desktop.services.imports.hanging_rows import HangingRows
from crm_desktop.services.imports.money_rows import MONEY_KINDS, MoneyRows
from crm_desktop.services.roundtrip.columns import FieldColumn
from crm_desktop.services.roundtrip.resolving import Resolver
from crm_desktop.words import Words

Tell = Callable[[int, FieldColumn | None, Problem, bool], None]
PAPERS = (Kind.QUOTE, Kind.CONTRACT)


def new_row(
    kind: Kind,
    number: int,
    cells: Sequence[tuple[FieldColumn, Value]],
    copied: str,
    resolver: Resolver,
    words: Words,
    tell: Tell,
) -> NewRow | None:
    """The record a row would become; None where it cannot be one, with the reason told."""
    if kind in PAPERS:
        tell(number, None, Problem("roundtrip.no_new_papers"), True)
        return None
    values: dict[str, Any] = {}
    found: dict[str, Any] = {}  # with ids in the place of words
    texts: list[tuple[str, str]] = []
    for column, cell in cells:
        if not column.field.writable or cell is None:
            continue
        value, problems = column.read(cell)
        if value is not None and not problems:
            found[column.field.key], problem = resolver.resolved(column.field, value)
            problems = [problem] if problem else []
        for problem in problems:
            tell(number, column, problem, False)
        if problems or value is None or value == ():
            continue
        values[column.field.key] = value
        if column.field.type is not FieldType.BOOLEAN or value:
            texts.append((column.header, column.shown(value, words, kind)))
    title_key = schema.TITLE_KEYS[kind]
    if kind is Kind.PERSON and "name" not in values:
        name = full_name(values.get("family_name", ""), values.get("given_name", ""))
        if name:
            values["name"] = name
    if kind in MONEY_KINDS:
        if trouble := MoneyRows(resolver.session, kind).trouble(found, fresh=True):
            tell(number, None, trouble, True)
            return None
    elif not values.get(title_key):
        tell(number, None, Problem("import.no_title"), True)
        return None
    if trouble := HangingRows(resolver.session, kind).trouble(found):
        tell(number, None, trouble, True)
        return None
    return NewRow(number, str(values.get(title_key) or ""), values, tuple(texts), copied)
