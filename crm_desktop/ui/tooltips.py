"""Tooltips that say what the user wrote as he wrote it."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """Words of a user for a tooltip: Qt would read what looks like markup as such."""
    if "<" not in text and "&lt;" not in text:
        return text  # shown as it is, "&amp;" too
    return "<qt>" + escape(text, quote=False).replace("\n", "<br>")
