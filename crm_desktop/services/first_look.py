"""What can be shown of a book before its services are loaded."""

from __future__ import annotations

import zlib
from datetime import date
from pathlib import Path

from crm_desktop.data import first_look
from crm_desktop.domain.morning import Foreseen
from crm_desktop.domain.plain_values import from_text


class FirstLook:
    """A closed book, looked into once."""

    def __init__(self, path: Path, day: date) -> None:
        found = first_look.look_into(path, day)
        self.book = found.book
        """Its uid; None where the file could not be read."""
        self._packed = found.packed_morning

    def foreseen(self) -> Foreseen | None:
        """The morning prepared for the day; None where it is not true now."""
        if self._packed is None:
            return None
        try:
            found = from_text(first_look.unpacked(self._packed))
        except (ValueError, zlib.error):  # of another version of this program
            return None
        return found if isinstance(found, Foreseen) else None
