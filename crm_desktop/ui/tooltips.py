"""Tooltips that say what the user wrote as he wrote it."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """Words of a user for a tooltip: Qt would read what looks like markup as such."""
    if "<" not in text and "&lt;" not in text:
        return text  # shown as it is, "&amp;" too
    # By hand: the module html brings a table of two thousand names to the first picture.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<qt>" + escaped.replace("\n", "<br>")
