"""Takes one picture after another, and says which pages could not be shown. Needs Qt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize

from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import RECORD_KINDS, Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.ui.catalogue import PAGES
from crm_desktop.ui.pictures import Look, Studio
from crm_desktop.ui.places import Place

_KINDS = {kind.value for kind in Kind}
_RECORD_PAGES = {kind.value: kind for kind in RECORD_KINDS if kind.value in PAGES} | {
    "orgchart": Kind.COMPANY,
    "as_of": Kind.PERSON,
}


class Photographer:
    """One window at a time; a new one after a page that broke."""

    def __init__(self, services: Any, clock: Clock, home: Home) -> None:
        self._services, self._clock, self._home = services, clock, home
        self._studio: Studio | None = None
        self._faults: list[str] = []
        self._broken: dict[str, str] = {}

    def take(self, shot: dict[str, Any]) -> str:
        """Take the picture; returns why there is none, "" where there is one.

        Refused("cli.no_page") where the window has no such page, "record.gone" for no such
        record, "cli.no_record" where there is none to show.
        """
        place = self._with_record(_place(shot["place"]))
        if place.id is not None and place.page in _KINDS:
            self._services.records.card(Kind(place.page), place.id)
        if place.page in self._broken:
            return self._broken[place.page]
        look = Look(shot["lang"], shot["theme"], QSize(*shot["size"]), scale=shot["scale"])
        file = Path(shot["file"])
        self._faults.clear()
        try:
            self._window().grab(place, file, look)
        except OSError:
            raise
        except Exception as error:
            # One page that cannot be shown must not cost the pictures of the others.
            self._broke(error)
        if not self._faults:
            return ""
        # What was pictured is a message, not the page; and its banner would stay.
        file.unlink(missing_ok=True)
        self.close()
        self._broken[place.page] = self._faults[0]
        return self._faults[0]

    def _with_record(self, place: Place) -> Place:
        """A page of single records asked for without a number shows the first there is."""
        if place.id is not None or place.page not in _RECORD_PAGES:
            return place
        kind = _RECORD_PAGES[place.page]
        found = self._services.records.ids(kind, limit=1)
        if not found:
            raise Refused("cli.no_record", page=place.page)
        return place._replace(id=found[0], view=kind.value if place.page == "as_of" else place.view)

    def close(self) -> None:
        """Let the window go."""
        if self._studio is not None:
            self._studio.close()
            self._studio = None

    def _window(self) -> Studio:
        if self._studio is None:
            self._studio = Studio(self._services, self._clock, self._home)
            self._studio.window.area.broke.connect(self._broke)
            self._studio.window.faults.told.connect(self._told)
            self._studio.settle()
            self._faults.clear()  # of the page that a new window opens with, not of ours
        return self._studio

    def _told(self, report: str) -> None:
        self._faults.append(report.partition("\n")[0])

    def _broke(self, error: object) -> None:
        self._faults.append(f"{type(error).__name__}: {error}")


def _place(text: str) -> Place:
    try:
        place = Place.parse(text)
    except ValueError:
        place = Place("")
    if place.page not in PAGES:
        raise Refused("cli.no_page", page=text, pages=", ".join(PAGES))
    return place
