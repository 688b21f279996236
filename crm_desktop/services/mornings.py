"""The coming mornings, prepared when a book is closed.

A prepared one is on the screen before anything that reads a book is even loaded. What the window
then reads itself takes its place, in case it differs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from itertools import chain
from zoneinfo import ZoneInfo

from crm_desktop.data import mornings
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.lists import Item
from crm_desktop.domain.morning import Foreseen, Morning
from crm_desktop.domain.plain_values import to_text
from crm_desktop.services.house import Services
from crm_desktop.services.morning import read_another, read_morning

NEAR = 4
"""Days: today and the three after it, so that Friday knows of Monday."""
FAR = 32
"""Days that are prepared where there is time: a month of holidays."""
_PATIENCE = 1.5  # seconds that those behind the near ones may take; the window is gone by then


def prepare_mornings(services: Services, *, patience: float = _PATIENCE) -> None:
    """Keep the coming mornings in the book, which is about to be closed. No gesture.

    The near ones in any case, and before the others are read; of those as many as `patience`
    (seconds) allows.
    """
    first = _read(services, services.clock.today())
    if not first.steps["customers"]:
        return  # such a book begins with the welcome
    found = {first.panels.day: first}
    days = _days_after(first)
    while len(found) < NEAR:
        day = next(days)
        found[day] = _read(services, day, first)
    items = every_item(services)
    _keep(services, found, items)
    until = time.monotonic() + patience
    for day in days:
        if time.monotonic() >= until:
            break
        found[day] = _read(services, day, first)
    if len(found) > NEAR:
        _keep(services, found, items)


def every_item(services: Services) -> tuple[Item, ...]:
    """Those of all lists, retired ones too."""
    lists = services.lists
    keys = lists.keys()
    return tuple(chain.from_iterable(lists.all_items(key) for key in keys))


def _days_after(first: Morning) -> Iterator[date]:
    return (first.panels.day + timedelta(days=after) for after in range(1, FAR))


def _read(services: Services, day: date, first: Morning | None = None) -> Morning:
    """The morning of a day; `first` is one read before, of another day."""
    zone = services.clock.zone
    noon = FixedClock(datetime.combine(day, time_of_day(12), ZoneInfo(zone)), zone)
    then = Services(services.book, noon, services.home)
    return read_morning(then) if first is None else read_another(then, first)


def _keep(services: Services, found: dict[date, Morning], items: tuple[Item, ...]) -> None:
    book = services.book
    with book.write("gesture.noted", origin="system") as writing:
        texts = {day: to_text(Foreseen(morning, items)) for day, morning in found.items()}
        mornings.keep(writing.session, texts, book.last_gesture)
