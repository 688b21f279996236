"""Phones, e-mails and handles: how two of them are told to be the same."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.domain import phones

PHONE_POINTS = frozenset({"mobile", "phone", "fax"})


@lru_cache(maxsize=16384)  # an import asks several times for each
def norm(point: str, value: str) -> str:
    """What equal points have in common: E.164 or digits for phones, else folded text."""
    if point in PHONE_POINTS:
        return phones.usual(value) or phones.normalise(value).number or value.strip().casefold()
    folded = value.strip().casefold()
    if point == "website":
        folded = folded.removeprefix("https://").removeprefix("http://").rstrip("/")
    return folded
