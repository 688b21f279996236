"""Going from page to page in the window, without a screen: until what is there has been painted."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks import books
from benchmarks.measure import Result, seconds, within

if TYPE_CHECKING:
    from crm_desktop.ui.places import Place

PEOPLE = 100_000
ROUNDS = 3


def run(people: int = PEOPLE) -> list[Result]:
    """Every page of the sidebar and a record, opened for the first time and come back to.

    The clock of `--processor` counts the threads that read as well.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Late: Qt is loaded by nobody else here.
    from crm_desktop.ui.catalogue import SIDEBAR
    from crm_desktop.ui.pictures import Studio
    from crm_desktop.ui.places import Place

    services = books.people(people)
    studio = Studio(services, books.clock(), books.HOME)
    places = [Place(entry.key) for entry in SIDEBAR] + [Place("person", 1), Place("company", 1)]
    try:
        studio.settle()

        def opening(place: Place) -> Callable[[], None]:
            def go() -> None:
                studio.window.navigator.go(place)
                studio.settle()

            return go

        elsewhere = opening(Place("settings"))
        first, again = {}, {}
        for place in places:
            first[place] = seconds(opening(place))
            elsewhere()
        for place in places:
            times = []
            for _ in range(ROUNDS):
                times.append(seconds(opening(place)))
                elsewhere()
            again[place] = min(times)
    finally:
        studio.close()
        services.book.close()
    opened = f"first opening of a page, {people:,} people"
    switched = f"switch to a page, {people:,} people"
    return [
        Result(opened, max(first.values()), None, "not set", True, _each(first)),
        within(switched, max(again.values()), 0.15, _each(again)),
    ]


def _each(times: dict[Place, float]) -> str:
    return " · ".join(f"{place.page} {took * 1000:.0f}" for place, took in times.items())
