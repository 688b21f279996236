"""Records a file names: found by title, number, e-mail or phone; near ones; those to be made."""

from __future__ import annotations

from dataclasses import dataclass

from crm_desktop.data import import_keys
from crm_desktop.data.records.titles import titles
from crm_desktop.data.session import Session
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.names import nearest
from crm_desktop.domain.points import norm
from crm_desktop.domain.text import fold

MADE_BY_NAME = frozenset({Kind.COMPANY, Kind.PERSON, Kind.PRODUCT, Kind.OPPORTUNITY})
"""Kinds of which a name alone makes a record."""
MAKE, LEAVE = "make", "leave"
"""Values of the option `missing` of a column, about records it names and the book lacks: they are
made, or left unlinked. As is usual companies and colleagues are made and others are not."""
MADE_USUALLY = frozenset({Kind.COMPANY, Kind.STAFF})
_REACHED = frozenset({Kind.COMPANY, Kind.PERSON})
_NUMBERED = frozenset({Kind.COMPANY, Kind.PERSON, Kind.PRODUCT, Kind.QUOTE, Kind.CONTRACT})
_NEAR = 85  # per cent alike without blanks and signs: GTXPro is GTX Pro
_SHORTEST = 3
_MOST_COMPARED = 5_000_000  # pairs, some two seconds: a list of strangers has no near ones
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Named:
    """A record the file names and the book does not have: made before what points to it."""

    kind: Kind
    name: str


class Linking:
    """The records of a book by what a cell may call them; read when a kind is first asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[Kind, dict[str, int]] = {}
        self._codes: dict[Kind, dict[str, int]] = {}
        self._points: dict[Kind, dict[str, int]] = {}
        self._near: dict[tuple[Kind, str], str] = {}
        self._bare: dict[Kind, dict[int, str]] = {}
        self._compared = 0

    def names(self, kind: Kind) -> dict[str, int]:
        """Ids by folded title; what a file brings along may be added."""
        if kind not in self._names:
            self._names[kind] = import_keys.names(self._session, kind)
        return self._names[kind]

    def find(self, kind: Kind, word: str) -> int | None:
        """The id of the record called so; by number, e-mail or phone where no title is."""
        key = fold(word)
        found = self.names(kind).get(key)
        if found is None and kind in _NUMBERED:
            # Lists of other programs name accounts and contacts by their numbers.
            if kind not in self._codes:
                self._codes[kind] = import_keys.codes(self._session, kind, ("code", "number"))
            found = self._codes[kind].get(key)
        if found is None and kind in _REACHED and (point := _point(word)):
            if kind not in self._points:
                self._points[kind] = import_keys.points(self._session, kind)
            found = self._points[kind].get(point)
        return found

    def near(self, kind: Kind, word: str) -> str:
        """The title most like `word`, "" where none is nearly the same."""
        key = kind, fold(word)
        if key not in self._near:
            self._near[key] = self._nearest(kind, word)
        return self._near[key]

    def _nearest(self, kind: Kind, word: str) -> str:
        bare = self._bare.get(kind)
        if bare is None:
            bare = self._bare[kind] = {one: _bare(key) for key, one in self.names(kind).items()}
        self._compared += len(bare)
        if self._compared > _MOST_COMPARED or len(_bare(word)) < _SHORTEST:
            return ""
        found = nearest(_bare(word), bare, _NEAR)
        return "" if found is None else titles(self._session, kind, [found]).get(found, "")


def _point(word: str) -> str:
    """What an e-mail address or a phone number is looked up by; "" for any other word."""
    if "@" in word:
        return norm("email", word)
    digits = sum(letter.isdigit() for letter in word)
    if digits < _FEWEST_DIGITS or any(letter.isalpha() for letter in word):
        return ""
    return norm("phone", word)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
