"""Rows for the clipboard: plain text, and a table whose texts spreadsheets keep as texts.

Of plain text Excel makes numbers of what looks like one: an identity card loses its last three
digits, a telephone number its zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from crm_desktop.services.exports.columns import plain
from crm_desktop.words import Words

# The first is for Excel and WPS, the second for LibreOffice.
_TEXT = """ style="mso-number-format:'\\@'" sdnum="1033;0;@\""""


@dataclass(frozen=True, slots=True)
class Clipping:
    """The same rows as text with tabs and as HTML."""

    text: str
    html: str


def clipping(headings: Sequence[str], rows: Iterable[Sequence[Any]], words: Words) -> Clipping:
    """A line of headings, then one for each row."""
    lines = ["\t".join(map(_flat, headings))]
    table = ["".join(f"<th>{escape(_flat(heading))}</th>" for heading in headings)]
    for row in rows:
        cells = [(_flat(plain(value, words)), isinstance(value, str)) for value in row]
        lines.append("\t".join(text for text, _ in cells))
        table.append("".join(_cell(text, is_text) for text, is_text in cells))
    body = "".join(f"<tr>{row}</tr>\n" for row in table)
    html = f'<meta charset="utf-8">\n<table>\n{body}</table>\n'
    return Clipping("\n".join(lines) + "\n", html)


def _cell(text: str, is_text: bool) -> str:
    return f"<td{_TEXT if is_text else ''}>{escape(text)}</td>"


def _flat(text: str) -> str:
    """Without what would end the cell or the line."""
    return " ".join(text.split()) if any(char in text for char in "\t\r\n") else text
