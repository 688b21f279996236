"""Birthdays and anniversaries as a table: when, whose, which one it is, how to reach them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from crm_desktop.domain.anniversaries import ComingAnniversary
from crm_desktop.domain.occasions import Occasion, name_of
from crm_desktop.exchange.writing import Column, ColumnType, TableOut, in_batches
from crm_desktop.words import Words

_Cell = Callable[[Occasion], Any]


def birthdays(rows: Sequence[Occasion], words: Words) -> TableOut:
    """A row for each birthday."""
    return _table(rows, words, (*_when(words), *_who(words), *_day(words, "age"), *_reach(words)))


def occasions(rows: Sequence[Occasion], words: Words) -> TableOut:
    """A row for each birthday and anniversary, with its name and when was greeted last."""
    birthday = words.text("field.person.birthday")
    columns = (
        *_when(words),
        *_who(words),
        (Column(words.text("field.person.salutation")), lambda one: one.salutation),
        (Column(words.text("export.column_occasion")), lambda one: name_of(one) or birthday),
        *_day(words, "years"),
        *_reach(words),
        (Column(words.text("export.column_greeted"), ColumnType.DATE), _greeted),
    )
    return _table(rows, words, columns)


def _table(
    rows: Sequence[Occasion], words: Words, columns: Sequence[tuple[Column, _Cell]]
) -> TableOut:
    return TableOut(
        title=words.text("shell.page.birthdays"),
        columns=tuple(column for column, _ in columns),
        batches=in_batches(tuple(cell(one) for _, cell in columns) for one in rows),
        words=words.text,
        count=len(rows),
    )


def _when(words: Words) -> tuple[tuple[Column, _Cell], ...]:
    return (
        (Column(words.text("export.column_date"), ColumnType.DATE), lambda one: one.on),
        (Column(words.text("export.column_days"), ColumnType.INTEGER), lambda one: one.days),
    )


def _who(words: Words) -> tuple[tuple[Column, _Cell], ...]:
    return (
        (Column(words.text("field.person.name")), lambda one: one.person.title),
        (
            Column(words.text("field.person.company")),
            lambda one: one.company.title if one.company else None,
        ),
    )


def _day(words: Words, age: str) -> tuple[tuple[Column, _Cell], ...]:
    """The day itself, in its calendar, and how many years it is ago."""
    header = words.text("field.person.birthday" if age == "age" else "export.column_day")
    return (
        (Column(header), lambda one: one.birthday.text()),
        (Column(words.text("common.calendar")), lambda one: words.text(_calendar(one))),
        (Column(words.text(f"export.column_{age}"), ColumnType.INTEGER), _years),
    )


def _reach(words: Words) -> tuple[tuple[Column, _Cell], ...]:
    return (
        (Column(words.text("field.person.mobile")), lambda one: one.mobile or None),
        (Column(words.text("field.person.email")), lambda one: one.email or None),
    )


def _calendar(one: Occasion) -> str:
    return "common.lunar" if one.birthday.lunar else "common.solar"


def _years(one: Occasion) -> int | None:
    return one.years if isinstance(one, ComingAnniversary) else one.age


def _greeted(one: Occasion) -> Any:
    return one.last_greeted.date() if one.last_greeted is not None else None
