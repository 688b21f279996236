"""Pictures of people: of which formats and how large."""

from __future__ import annotations

LARGEST = 2 * 1024 * 1024
"""Bytes; a picture that a phone keeps with a card has a tenth of it."""

_BEGINNINGS = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"GIF8": "gif"}


def picture_format(data: bytes) -> str:
    """jpeg, png or gif, by content; "" for anything else."""
    return next((name for start, name in _BEGINNINGS.items() if data.startswith(start)), "")


def usable(data: bytes) -> bool:
    """Whether these bytes can be kept as somebody's picture."""
    return 0 < len(data) <= LARGEST and picture_format(data) != ""
