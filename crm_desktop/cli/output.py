"""What a command prints: calm aligned text, or one JSON document and nothing else."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.money import CURRENCIES, rounded
from crm_desktop.words import Words

_GAP = "  "


class Output:
    """Standard output in the user's language."""

    def __init__(self, words: Words, *, as_json: bool) -> None:
        self.words = words
        self.as_json = as_json

    def document(self, content: Any) -> None:
        """The one JSON document; silent where text was asked for."""
        if self.as_json:
            sys.stdout.write(json.dumps(plain(content), ensure_ascii=False, indent=1) + "\n")

    def line(self, text: str = "") -> None:
        """A line of text; silent where JSON was asked for."""
        if not self.as_json:
            sys.stdout.write(one_line(text) + "\n")
            sys.stdout.flush()  # long work tells as it goes, also into a pipe

    def say(self, key: str, /, **args: Any) -> None:
        """A sentence of the catalogue."""
        self.line(self.words.text(key, **args))

    def aside(self, key: str, /, **args: Any) -> None:
        """A sentence beside the result, also beside a JSON document: on standard error."""
        sys.stderr.write(one_line(self.words.text(key, **args)) + "\n")

    def table(self, rows: Iterable[Sequence[str]], indent: str = _GAP) -> None:
        """Rows in columns; Chinese characters take two places."""
        if self.as_json:
            return
        cells = [[one_line(cell) for cell in row] for row in rows]
        widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
        for row in cells:
            padded = (
                cell + " " * (room - width(cell)) for cell, room in zip(row, widths, strict=True)
            )
            self.line((indent + _GAP.join(padded)).rstrip())


def one_line(text: str) -> str:
    """Without line breaks and without what would steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def width(text: str) -> int:
    """How many places a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def money(amount: Decimal, currency: str) -> str:
    """An amount with its sign: ¥12,800.00."""
    known = CURRENCIES.get(currency)
    digits, sign = (known.digits, known.symbol) if known else (2, currency + " ")
    return f"{sign}{rounded(amount, digits):,.{digits}f}"


def sums(amounts: Any) -> str:
    """Sums by currency on one line; a dash for none."""
    return " + ".join(money(amount, code) for code, amount in amounts.items()) or "–"


def plain(value: Any) -> Any:
    """A value as JSON holds it: amounts as text, so that no digit is lost."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, Ref):
        return {"kind": value.kind.value, "id": value.id, "title": value.title}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return str(value)
