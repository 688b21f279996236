"""A text as a QR code a phone can read."""

from __future__ import annotations

import segno


def qr_code(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a QR code, row by row, without its quiet edge.

    ValueError where the text does not fit into one code (2,331 bytes at this correction).
    """
    try:
        made = segno.make_qr(text, error="m", encoding="utf-8")
    except segno.DataOverflowError as overflow:
        raise ValueError("the text is too long for a QR code") from overflow
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)
