"""Calendars (RFC 5545): events of a day or of an hour, some of them every year.

Moments are written in UTC, so that no table of time zones has to travel along.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from crm_desktop.exchange.writing.content_lines import line, several, text
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.paths import APP_NAME
from crm_desktop.progress import NO_PROGRESS, Progress


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day (`start` a date) or at a moment (`start` aware, with `minutes`)."""

    uid: str
    title: str
    start: date
    minutes: int = 30
    notes: str = ""
    categories: tuple[str, ...] = ()
    every_year: bool = False
    cancelled: bool = False
    remind: int | None = None  # minutes before


def write_calendar(
    path: Path,
    events: Iterable[Event],
    *,
    name: str,
    made: datetime,
    count: int = 0,
    progress: Progress = NO_PROGRESS,
) -> int:
    """Write events into one file; returns how many. Refuses what `whole_file` refuses."""
    done = 0
    with whole_file(path) as file:
        for head, value in (
            ("BEGIN", "VCALENDAR"),
            ("VERSION", "2.0"),
            ("PRODID", f"-//{APP_NAME}//EN"),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
            ("X-WR-CALNAME", text(name)),
        ):
            file.write(line(head, value))
        for event in events:
            file.write(event_bytes(event, made))
            done += 1
            progress.step(done, count)
        file.write(line("END", "VCALENDAR"))
    return done


def event_bytes(event: Event, made: datetime) -> bytes:
    """One event; `made` is the moment it was written."""
    lines = [line("BEGIN", "VEVENT"), line("UID", event.uid), line("DTSTAMP", _moment(made))]
    if isinstance(event.start, datetime):
        lines.append(line("DTSTART", _moment(event.start)))
        lines.append(line("DTEND", _moment(event.start + timedelta(minutes=event.minutes))))
    else:
        lines.append(line("DTSTART;VALUE=DATE", f"{event.start:%Y%m%d}"))
        lines.append(line("DTEND;VALUE=DATE", f"{event.start + timedelta(days=1):%Y%m%d}"))
        lines.append(line("TRANSP", "TRANSPARENT"))  # the day is not taken up by it
    lines.append(line("SUMMARY", text(event.title)))
    if event.every_year:
        lines.append(line("RRULE", "FREQ=YEARLY"))
    if event.notes:
        lines.append(line("DESCRIPTION", text(event.notes)))
    if event.categories:
        lines.append(line("CATEGORIES", several(event.categories, ",")))
    if event.cancelled:
        lines.append(line("STATUS", "CANCELLED"))
    if event.remind is not None:
        lines += [
            line("BEGIN", "VALARM"),
            line("ACTION", "DISPLAY"),
            line("DESCRIPTION", text(event.title)),
            line("TRIGGER", f"-PT{event.remind}M"),
            line("END", "VALARM"),
        ]
    lines.append(line("END", "VEVENT"))
    return b"".join(lines)


def _moment(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"
