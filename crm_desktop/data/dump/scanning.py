"""Reading JSON piece by piece: a list of a million rows is handed out row by row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import IO, Any

_PART = 1 << 20
_BLANK = re.compile(r"[ \t\r\n]*")
# "" is the end of what was read so far: a number may go on after it, also after its point.
_MAY_GO_ON = frozenset(("", *"0123456789+-.eE"))
LONGEST = 400_000_000
"""Characters of one value; beyond it the file is not one of ours."""


class NotJson(ValueError):  # noqa: N818 - it says what happened
    """The text is not JSON, ends too early, or is not what was asked for."""


class Scanner:
    """Walks over a JSON text; lists and objects may be entered instead of being read whole."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._ended = False
        self._decode = json.JSONDecoder().raw_decode

    def value(self) -> Any:
        """The next value, whole."""
        self._skip()
        size = _PART
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except ValueError:
                end = -1
            if end >= 0 and (self._ended or self._text[end : end + 1] not in _MAY_GO_ON):
                self._at = end
                return value
            if self._ended or len(self._text) - self._at > LONGEST:
                raise NotJson(f"no value at {self._text[self._at : self._at + 20]!r}")
            self._more(size)
            size *= 2

    def items(self) -> Iterator[Any]:
        """The next value, which has to be a list, item by item."""
        self._expect("[")
        if self._follows("]"):
            return
        while True:
            yield self.value()
            if not self._follows(","):
                break
        self._expect("]")

    def members(self) -> Iterator[str]:
        """The keys of the next value, an object; the caller takes the value of each in turn."""
        self._expect("{")
        if self._follows("}"):
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise NotJson(f"{key!r} is not the name of anything")
            self._expect(":")
            yield key
            if not self._follows(","):
                break
        self._expect("}")

    def end(self) -> None:
        """Raises NotJson where anything follows."""
        self._skip()
        if self._at < len(self._text):
            raise NotJson("there is more after the end")

    def _expect(self, sign: str) -> None:
        if not self._follows(sign):
            raise NotJson(f"{sign} expected, not {self._text[self._at : self._at + 20]!r}")

    def _follows(self, sign: str) -> bool:
        self._skip()
        if not self._text.startswith(sign, self._at):
            return False
        self._at += 1
        return True

    def _skip(self) -> None:
        while True:
            found = _BLANK.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._ended:
                return
            self._more(_PART)

    def _more(self, size: int) -> None:
        part = self._file.read(size)
        self._ended = not part
        self._text = self._text[self._at :] + part
        self._at = 0
