"""The colour of a state: the same in lists, heads, papers and on the board."""

from __future__ import annotations

_COLOURS = {
    "open": "blue",
    "won": "green",
    "lost": "red",
    "held": "amber",
    "sent": "blue",
    "accepted": "green",
    "declined": "red",
    "expired": "amber",
    "reviewed": "blue",
    "signed": "purple",
    "in_force": "green",
    "completed": "teal",
    "new": "blue",
    "assigned": "blue",
    "in_progress": "purple",
    "waiting": "amber",
    "solved": "green",
    "fed_back": "teal",
    "planned": "blue",
    "done": "green",
}


def state_colour(state: str) -> str:
    """The chip colour of a state of any kind of record."""
    return _COLOURS.get(state, "grey")
