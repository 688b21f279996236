"""All the book holds about one person or company, for themselves: a dossier, data, files."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from crm_desktop import __version__
from crm_desktop.data import book_settings, own_rows, portraits
from crm_desktop.data.book import Book
from crm_desktop.documents.page_pdf import page_pdf
from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.attachments import name_for_file, safe_name
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.fields import Address, Field, FieldType
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.jobs import JobRow, RelationRow
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.page_paper import PagePaper, PaperEntries, PaperEntry, PaperFacts
from crm_desktop.domain.parts import Demand, parts_text
from crm_desktop.domain.portraits import picture_format
from crm_desktop.domain.relations import relation_name
from crm_desktop.domain.timeline import PHOTO, SMALL, TimelineEntry
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.services.business import Business
from crm_desktop.services.exports import Exports, header
from crm_desktop.services.lists import Lists
from crm_desktop.services.records import Records
from crm_desktop.services.timeline import Timeline
from crm_desktop.services.value_words import birthday_words, number_words
from crm_desktop.words import Words

_ALL = 1_000_000
_FOLDER = "files/"


class OwnData:
    """Writes the zip. Nothing in it is about anybody else but by name."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        *,
        records: Records,
        lists: Lists,
        timeline: Timeline,
        exports: Exports,
        business: Business,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._lists = lists
        self._timeline = timeline
        self._exports = exports
        self._business = business

    def export(self, ref: Ref, path: Path, words: Words, progress: Progress = NO_PROGRESS) -> int:
        """Write dossier, data.json, picture and files to the zip `path`; how many files.

        Refused where the record is gone or the file cannot be written.
        """
        card = self._records.card(ref.kind, ref.id)
        facts = list(self._facts(card.ref, words))
        with self._book.read() as session:
            items = chain.from_iterable(map(self._lists.all_items, self._lists.keys()))
            names = {item.id: item_name(item, words.text) for item in items}
            rows = own_rows.of_record(session, card.ref, names)
            done = [row["id"] for row in rows.get("activities", ())]
            files = own_rows.files(session, card.ref, done)
            picture = portraits.picture(session, ref.id) if ref.kind is Kind.PERSON else None
        data = {
            "program": __version__,
            "at": self._clock.now().isoformat(),
            "kind": card.ref.kind.value,
            "uid": card.uid,
            "name": card.ref.title,
            "fields": dict(facts),
            "tables": rows,
        }
        with whole_file(path) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            name = f"{name_for_file(card.ref.title)}.pdf"
            archive.writestr(name, self._dossier(card.ref, facts, words, picture))
            archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
            if picture is not None:
                archive.writestr(f"picture.{picture_format(picture)}", picture)
            taken: set[str] = set()
            for number, (given, sha256) in enumerate(files, 1):
                progress.step(number, len(files))
                with self._book.read() as session:
                    content = book_settings.blob(session, sha256)
                if content is not None:
                    archive.writestr(_free(_FOLDER + safe_name(given), taken), content)
        return len(files)

    def _facts(self, ref: Ref, words: Words) -> Iterator[tuple[str, str]]:
        """Every field that says something: its name, and its value as an export shows it."""
        for field in self._records.fields(ref.kind):
            text = self._exports.clipping(ref.kind, [ref.id], [field.key], words).text
            _, _, value = text.partition("\n")
            if value.strip():
                yield header(ref.kind, field, words), value.strip().strip('"')

    def _dossier(
        self, ref: Ref, facts: list[tuple[str, str]], words: Words, picture: bytes | None
    ) -> bytes:
        day = self._clock.local_now().date().isoformat()
        told = tuple(
            PaperEntry(
                self._day(entry), self._what(entry, words), self._said(entry, ref.kind, words)
            )
            for entry in self._timeline.of(ref, limit=_ALL)
        )
        paper = PagePaper(
            title=ref.title,
            subtitle=words.text("own_data.subtitle", day=day),
            parts=(
                PaperFacts(words.text(f"kind.{ref.kind.value}"), tuple(facts)),
                PaperEntries(words.text("timeline.name"), told),
            ),
            portrait=picture,
        )
        firm = self._business.own_company().name
        return page_pdf(paper, firm=firm, language="en" if words.language == "en" else "zh")

    def _day(self, entry: TimelineEntry) -> str:
        return entry.at.astimezone(ZoneInfo(self._clock.zone)).date().isoformat()

    def _what(self, entry: TimelineEntry, words: Words) -> str:
        name = self._item(entry.type_id or entry.item_id or 0, words)
        key = f"timeline.{entry.code}"
        if words.has(key):
            return words.text(key, title=entry.title, state=name)
        return words.text("format.colon", name=name, value=entry.title) if name else entry.title

    def _said(self, entry: TimelineEntry, kind: Kind, words: Words) -> str:
        told = [entry.text] if entry.text else []
        for change in entry.changes:
            field = None if change.key in (*SMALL, PHOTO) else change.field(kind)
            before, after = (
                self._value(field, value, words) for value in (change.before, change.after)
            )
            name = (
                words.text(f"record_page.{change.key}")
                if field is None
                else header(kind, field, words)
            )
            if change.key == PHOTO:
                before = words.text(f"timeline.{'photo_before' if change.before else 'empty'}")
                after = words.text(f"timeline.{'photo_after' if change.after else 'empty'}")
            told.append(words.text("timeline.change", name=name, before=before, after=after))
        return "\n".join(told)

    def _value(self, field: Field | None, value: Any, words: Words) -> str:
        if value is None or value in ("", (), []):
            return words.text("timeline.empty")
        if isinstance(value, bool):
            return words.text("common.yes" if value else "common.no")
        if isinstance(value, tuple | list):
            separator = words.text("format.list_separator")
            return separator.join(self._value(field, one, words) for one in value)
        if field is None:
            return self._small(value, words)
        if isinstance(value, Demand):
            return parts_text(field, [value], lambda part: self._item(part.what, words))
        if isinstance(value, Address):
            return value.text()
        if isinstance(value, Birthday):
            return birthday_words(value, words)
        if isinstance(value, Decimal):
            return number_words(value)
        if field.type in (FieldType.CHOICE, FieldType.CHOICES):
            return self._item(value, words)
        return value.title if isinstance(value, Ref) else str(value)

    def _item(self, item_id: int, words: Words) -> str:
        item = self._lists.item(item_id)
        return item_name(item, words.text) if item is not None else ""

    def _small(self, one: Gift | Anniversary | JobRow | RelationRow, words: Words) -> str:
        parts: tuple[str, ...]
        if isinstance(one, Anniversary):
            parts = (one.name, birthday_words(one.day, words))
        elif isinstance(one, Gift):
            parts = (one.what, _day(one.on), one.occasion, one.note)
        elif isinstance(one, JobRow):
            company, boss = (ref.title if ref else "" for ref in (one.company, one.reports_to))
            above = words.text("orgchart.under", boss=boss) if boss else ""
            span = f"{_day(one.from_date)} – {_day(one.to_date)}".strip()
            dated = one.from_date or one.to_date
            parts = (company, one.title, one.department, span if dated else "", above)
        else:
            item = self._lists.item(one.type_id) if one.type_id is not None else None
            name = relation_name(item, words.text, outgoing=one.outgoing)
            parts = (one.other.title, name, one.note)
        return " · ".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _free(name: str, taken: set[str]) -> str:
    """The name, or one with a number behind it where two files are called the same."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{ending}"
    taken.add(free.casefold())
    return free
