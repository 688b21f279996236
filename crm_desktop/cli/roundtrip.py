"""Lists that went out, were edited in a spreadsheet, and come back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.cli.desk import Desk
from crm_desktop.cli.problems import problem_line, problem_text
from crm_desktop.domain.imports import ImportProblem, Outcome
from crm_desktop.domain.kinds import PLURALS
from crm_desktop.domain.roundtrip import RoundTrip, RoundTripChoices, RoundTripResult, Side
from crm_desktop.words import Words

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

SHOWN_LINES = 40
_COUNTS = ("rows", "unchanged", "edits", "conflicts", "blanks", "new_rows", "missing", "problems")


def bring_back(desk: Desk) -> None:
    """`roundtrip`: compare an edited export with the book and take its changes over."""
    args = desk.args
    with desk.services() as services:
        trip = services.round_trips.preview(Path(args.file), desk.words)
        choices = RoundTripChoices(Side(args.conflicts), clear_blanks=args.blank == "clear")
        if args.trash_missing:
            choices.trash = {one.id for one in trip.missing}
        result = None if args.check else services.round_trips.apply(trip, choices)
    desk.out.document(account(trip, result, desk.words))
    tell(desk, trip, choices, result)


def bring_back_as_import(desk: Desk, services: Services, path: Path) -> None:
    """The same for `import`, which also answers with the figures of every import."""
    trip = services.round_trips.preview(path, desk.words)
    choices = RoundTripChoices()
    result = None if desk.args.check else services.round_trips.apply(trip, choices)
    taken = {one.row for one in trip.cells if choices.takes(one)}
    failed = {one.row for one in trip.problems if one.blocking} - taken
    created = len(trip.new_rows)
    figures = {
        Outcome.CREATED.value: created,
        Outcome.UPDATED.value: len(taken),
        Outcome.SAME.value: trip.rows - created - len(taken) - len(failed),
        Outcome.SKIPPED.value: 0,
        Outcome.FAILED.value: len(failed),
    }
    desk.out.document(
        {
            "rows": trip.rows,
            **figures,
            "by_kind": {"people": 0, "companies": 0, PLURALS[trip.kind]: created},
            "values": {},
            "gesture": result.gesture if result is not None else None,
            "problems": [_problem(one, desk.words) for one in trip.problems],
            "roundtrip": account(trip, result, desk.words),
        }
    )
    desk.out.say("roundtrip.recognised", name=path.name)
    tell(desk, trip, choices, result)


def account(trip: RoundTrip, result: RoundTripResult | None, words: Words) -> dict[str, Any]:
    """The comparison with its stable keys, and what was done."""
    return {
        "kind": PLURALS[trip.kind],
        "exported": trip.made,
        **_figures(trip),
        "changes": [
            {
                "row": one.row,
                "record": one.record.id,
                "name": one.record.title,
                "field": one.key,
                "column": one.header,
                "old": one.old,
                "new": one.new,
                "now": one.now,
                "conflict": one.conflict,
                "blank": one.blanked,
            }
            for one in trip.cells
        ],
        "new": [
            {"row": one.row, "name": one.title, "cells": dict(one.texts)} for one in trip.new_rows
        ],
        "missing_records": [{"record": one.id, "name": one.title} for one in trip.missing],
        "unknown_columns": list(trip.ignored),
        "problem_list": [_problem(one, words) for one in trip.problems],
        "applied": None
        if result is None
        else {
            "cells": result.cells,
            "records": result.records,
            "created": result.created,
            "trashed": result.trashed,
            "gesture": result.gesture,
        },
    }


def tell(
    desk: Desk, trip: RoundTrip, choices: RoundTripChoices, result: RoundTripResult | None
) -> None:
    """The same for people: counts, then what is different line by line."""
    words, out = desk.words, desk.out
    out.table([(words.text(f"roundtrip.{k}"), str(n)) for k, n in _figures(trip).items()])
    lines = [*_changes(trip, choices, words), *_others(trip, words)]
    for line in lines[:SHOWN_LINES]:
        out.line("  " + line)
    if len(lines) > SHOWN_LINES:
        out.say("cli.more_problems", count=len(lines) - SHOWN_LINES)
    if result is None:
        out.say("roundtrip.checked", count=choices.count(trip))
    else:
        count = result.cells + result.created + result.trashed
        out.say("roundtrip.done", count=count)


def _figures(trip: RoundTrip) -> dict[str, int]:
    counted = ((key, getattr(trip, key)) for key in _COUNTS)
    return {key: value if isinstance(value, int) else len(value) for key, value in counted}


def _changes(trip: RoundTrip, choices: RoundTripChoices, words: Words) -> list[str]:
    empty = words.text("roundtrip.empty")
    lines = []
    for one in trip.cells:
        key = "conflict" if one.conflict else "change"
        told = words.text(
            f"roundtrip.{key}",
            row=one.row,
            name=one.record.title,
            column=one.header,
            old=one.old or empty,
            now=one.now or empty,
            new=one.new or empty,
        )
        lines.append(told if choices.takes(one) else words.text("roundtrip.stays", what=told))
    return lines


def _others(trip: RoundTrip, words: Words) -> list[str]:
    fresh = [words.text("roundtrip.new", row=one.row, name=one.title) for one in trip.new_rows]
    gone = [words.text("roundtrip.gone", name=one.title) for one in trip.missing]
    problems = [problem_line(one, words) for one in trip.problems]
    return [*fresh, *gone, *problems]


def _problem(one: ImportProblem, words: Words) -> dict[str, Any]:
    return {
        "row": one.row,
        "column": one.column,
        "code": one.code,
        "message": problem_text(one, words),
    }
