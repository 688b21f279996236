"""The dossier of a record: its facts, what comes next and what happened last, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.page_paper import (
    PagePaper,
    PaperEntries,
    PaperEntry,
    PaperFacts,
    PaperFigure,
    PaperFigures,
    PaperPart,
)
from crm_desktop.domain.timeline import Sort, TimelineEntry
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_text, due_text, joined, time_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.extras import Line
from crm_desktop.ui.record.figures import Figure
from crm_desktop.ui.record.loading import Loaded
from crm_desktop.ui.record.related import Found, line_of
from crm_desktop.ui.record.shown import Shown, field_name
from crm_desktop.ui.record.timeline_rows import TimelineWords

_NOT_PRINTED = ("changed_at", "created_at", "currency")
_MOST_ENTRIES = 40
_MOST_LETTERS = 240  # of what was said at one touch
_REACH = ("title", "mobile", "phone", "email")


def record_paper(
    context: Context,
    loaded: Loaded,
    *,
    about: str,
    figures: Sequence[Figure],
    story: Sequence[str],
    without: Sequence[str],
) -> PagePaper:
    """The page; belongs into a reader thread.

    `about` is what stands under the name, `story` the keys of long texts that lead the page,
    `without` those the page shows elsewhere.
    """
    shown = Shown(context)
    card, kind = loaded.card, loaded.card.ref.kind
    # Numbers that have a place of their own on the page are facts like others on paper.
    counted = {field.key for field in loaded.fields if field.type is FieldType.INTEGER}
    story = [key for key in story if key not in counted]
    left = _facts(shown, loaded, (*without, *story, *_NOT_PRINTED))
    right: list[PaperPart] = []
    told = [
        PaperEntry("", field_name(kind, field), text)
        for field in loaded.fields
        if field.key in story
        if (text := _text(shown, loaded, field))
    ]
    if told:
        right.append(PaperEntries("", tuple(told)))
    right += _followups(context, loaded.extras.get("followups", ()), loaded)
    right += [part for each in loaded.found if (part := _related(context, shown, each))]
    right += _latest(shown, kind, loaded.entries)
    today = day_text(shown.today)
    return PagePaper(
        card.ref.title,
        "  ·  ".join(text for text in (about, tr("export.as_of", day=today)) if text),
        (PaperFigures(tuple(PaperFigure(f.name, f.value) for f in figures)),) if figures else (),
        left,
        tuple(right),
        context.services.people.picture(card.ref.id) if kind is Kind.PERSON else None,
    )


def _facts(shown: Shown, loaded: Loaded, without: Iterable[str]) -> tuple[PaperPart, ...]:
    kind = loaded.card.ref.kind
    groups: dict[str, list[tuple[str, str]]] = {}
    for field in loaded.fields:
        hidden = field.list_only or field.key in without
        text = "" if hidden else _text(shown, loaded, field)
        if text:
            groups.setdefault(field.group, []).append((field_name(kind, field), text))
    return tuple(
        PaperFacts(tr(f"kind.group.{group}"), tuple(facts)) for group, facts in groups.items()
    )


def _text(shown: Shown, loaded: Loaded, field: Field) -> str:
    values = loaded.card.values
    if values.get(field.key) is False:
        return ""  # a tick that is not there is nothing to tell
    currency = str(values.get("currency") or "")
    return shown.text(loaded.card.ref.kind, field, values.get(field.key), currency)


def _followups(context: Context, lines: Iterable[Line], loaded: Loaded) -> list[PaperPart]:
    """What is planned; at least the next step, of kinds whose page lists no follow-ups."""
    entries = [PaperEntry(line.side, line.ref.title) for line in lines]
    step = loaded.card.values.get("next_step")
    if not entries and step is not None:
        due = due_text(step.day, context.clock.today(), step.at)
        entries.append(PaperEntry(due, step.subject))
    if not entries and "next_step" not in loaded.card.values:
        return []
    if not entries:
        entries.append(PaperEntry("", tr("format.nothing_planned")))
    return [PaperEntries(tr("record_page.paper_next"), tuple(entries))]


def _related(context: Context, shown: Shown, found: Found) -> PaperPart | None:
    if not found.count:
        return None
    kind = found.section.kind
    title = tr("record_page.paper_related", name=tr(f"kind.{kind.value}.plural"), count=found.count)
    if kind is Kind.PERSON:
        fields = {field.key: field for field in context.services.records.fields(kind)}
        keys = [key for key in _REACH if key in fields]
        ids = [row.id for row in found.rows]
        people = context.services.records.rows(kind, ids, ("name", *keys))
        return PaperFacts(
            title,
            tuple(
                (
                    str(row.values[0]),
                    joined(
                        [
                            text
                            for key, value in zip(keys, row.values[1:], strict=True)
                            if (text := shown.text(kind, fields[key], value))
                        ]
                    ),
                )
                for row in people
            ),
        )
    lines = [line_of(shown, found.section, row) for row in found.rows]
    return PaperEntries(
        title,
        tuple(
            PaperEntry("", tr("format.dot", one=line.ref.title, other=line.side))
            if line.side
            else PaperEntry("", line.ref.title)
            for line in lines
        ),
    )


def _latest(shown: Shown, kind: Kind, entries: Sequence[TimelineEntry]) -> list[PaperPart]:
    """What happened, newest first; that a field was changed is no news on paper."""
    words = TimelineWords(shown, kind)
    told: list[PaperEntry] = []
    for entry in entries:
        if entry.sort is Sort.CHANGE or len(told) == _MOST_ENTRIES:
            continue
        at = shown.local(entry.at)
        when = tr("format.day_at", day=day_text(at.date(), shown.today), time=time_text(at))
        for row in words.rows([entry]):
            if not row.heading:
                text = " ".join(row.text.split())
                short = text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
                told.append(PaperEntry(when, row.title, short))
    if not told:
        return []
    return [PaperEntries(tr("record_page.paper_latest"), tuple(told), shortens=True)]
