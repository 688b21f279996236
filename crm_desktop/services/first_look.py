"""What can be shown of a book before its services are loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crm_desktop.data.first_look import kept_morning
from crm_desktop.domain.morning import Foreseen
from crm_desktop.domain.plain_values import from_text


def foreseen(path: Path, day: date) -> Foreseen | None:
    """The morning prepared for `day` when the book was closed; None where it is not true now."""
    text = kept_morning(path, day)
    if text is None:
        return None
    try:
        found = from_text(text)
    except ValueError:  # of another version of this program
        return None
    return found if isinstance(found, Foreseen) else None
