"""The coming mornings, prepared when a book is closed.

A prepared one is on the screen before anything that reads a book is even loaded. What the window
then reads itself takes its place, in case it differs.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from crm_desktop.data import mornings
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.lists import Item
from crm_desktop.domain.morning import Foreseen
from crm_desktop.domain.plain_values import to_text
from crm_desktop.services.house import Services
from crm_desktop.services.morning import read_morning

PREPARED = 4
"""Days: today and the three after it, so that Friday knows of Monday."""


def prepare_mornings(services: Services) -> None:
    """Keep the coming mornings in the book, which is about to be closed. No gesture."""
    book, items = services.book, every_item(services)
    today = services.clock.today()
    texts = {}
    for day in (today + timedelta(days=after) for after in range(PREPARED)):
        zone = services.clock.zone
        noon = FixedClock(datetime.combine(day, time(12), ZoneInfo(zone)), zone)
        found = read_morning(Services(book, noon, services.home))
        if not found.steps["customers"]:
            return  # such a book begins with the welcome
        texts[day] = to_text(Foreseen(found, items))
    with book.write("gesture.noted", origin="system") as writing:
        mornings.keep(writing.session, texts, book.last_gesture)


def every_item(services: Services) -> tuple[Item, ...]:
    """Those of all lists, retired ones too."""
    lists = services.lists
    keys = lists.keys()
    return tuple(chain.from_iterable(lists.all_items(key) for key in keys))
