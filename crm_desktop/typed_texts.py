"""What somebody typed and left in the window: found in what it keeps, and taken out of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

Tells = Callable[[str], bool]
"""Whether a text tells of somebody who was erased."""

STATE_FILE = "view.ini"
IMPORT = "page/import"
"""An import that was begun: its rows may tell of anybody."""
_DRAFTS = "draft/"
_PLACE = "window/place"
_LINES = ("quick", "notice")
_QUERY = "query"
_OF_BOOK = ("page/", _DRAFTS, _PLACE, "palette/used", "papers/", "backup/trouble")
"""What says something of one book only: its rows, fields and list items, its firm, its backups."""
_GROUP = "book-"


def group_of(book: str) -> str:
    """Where what is of the book with this uid is kept."""
    return _GROUP + book


def name_kept(book: str | None, name: str) -> str:
    """Under which name the file has `name`; without a book as when books were not told apart."""
    if book is None or not name.startswith(_OF_BOOK):
        return name
    return f"{group_of(book)}/{name}"


def name_for(book: str | None, kept: str) -> str | None:
    """What a name of the file means in this book; None where it is of another one.

    What was kept when books were not told apart is taken for any book's.
    """
    if not kept.startswith(_GROUP):
        return kept
    group, _, name = kept.partition("/")
    return name if book is not None and group == group_of(book) else None


def without_told(name: str, value: Any, tells: Tells) -> Any:
    """What the window keeps under `name`, without what tells; None where nothing is left of it.

    Columns, widths, folded parts and whatever else nobody typed stay as they are.
    """
    if name.startswith(_DRAFTS):
        return None if any(map(tells, _strings(value))) else value
    if name == _PLACE and isinstance(value, str):
        place, _, query = value.partition("?")
        return place if query and tells(unquote_plus(query)) else value
    return page_without_told(value, tells)


def page_without_told(value: Any, tells: Tells) -> Any:
    """The same of the state of a page: lines begun, words and conditions lists are filtered by."""
    if isinstance(value, list):
        return [page_without_told(one, tells) for one in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, one in value.items():
        if key in _LINES and isinstance(one, str):
            found[key] = "" if tells(one) else one
        elif key == _QUERY and isinstance(one, dict):
            found[key] = query_without_told(one, tells)
        else:
            found[key] = page_without_told(one, tells)
    return found


def query_without_told(query: Mapping[str, Any], tells: Tells) -> dict[str, Any]:
    """What a list shows, as plain values, without the conditions and the words that tell."""
    text = query.get("text")
    kept = {**query, "where": _group_without(query.get("where"), tells)}
    if isinstance(text, str) and tells(text):
        kept["text"] = ""
    return kept


def forget_in_file(folder: Path, book: str, tells: Tells) -> None:
    """Take out of what a closed window left of a book in `folder` what tells, and its import.

    The file is Qt's, an INI of JSON texts with Qt's escapes; whoever has no Qt reads it here.
    """
    file = folder / STATE_FILE
    if not file.is_file():
        return
    before = file.read_text("utf-8").splitlines(keepends=True)
    section, kept = "", []
    for line in before:
        if line.startswith("["):
            section = line.strip().strip("[]")
        key, equals, text = line.rstrip("\n").partition("=")
        name = name_for(book, f"{section}/{key}".replace("\\", "/").replace("%5C", "/"))
        told = line
        if equals and name is not None:
            told = _told_anew(name, key, text, tells)
        if told:
            kept.append(told if told.endswith("\n") else told + "\n")
    if kept != before:
        part = file.with_suffix(".part")
        part.write_text("".join(kept), "utf-8")
        os.replace(part, file)


def _told_anew(name: str, key: str, text: str, tells: Tells) -> str:
    """The line `key=text` without what tells; "" where nothing is left of it."""
    if name == IMPORT:
        return ""
    try:
        value = json.loads(json.loads(text if text.startswith('"') else f'"{text}"'))
    except ValueError:
        return ""  # not written by us; nobody knows of whom it tells
    kept = without_told(name, value, tells)
    if kept == value:
        return f"{key}={text}"
    return "" if kept is None else f"{key}={json.dumps(json.dumps(kept))}"


def _group_without(group: Any, tells: Tells) -> Any:
    """Conditions are lists of field, comparison and value; groups of them are dicts."""
    if not isinstance(group, dict) or not isinstance(group.get("of"), list):
        return group
    kept = [
        _group_without(one, tells)
        for one in group["of"]
        if isinstance(one, dict) or not any(map(tells, _strings(one[2:])))
    ]
    return {**group, "of": [one for one in kept if not isinstance(one, dict) or one.get("of")]}


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _strings(list(value.values()))
    return [text for one in value for text in _strings(one)] if isinstance(value, list) else []
