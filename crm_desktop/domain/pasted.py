"""A person or a company out of pasted text: a chat, a business card, a signature.

Every value comes with the place it was read from, so that a page can show what was understood.
What is not certain is left to the user: nothing is guessed from words without a sign of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from crm_desktop.domain import pasted_birthdays as birthdays
from crm_desktop.domain import pasted_firms as firms
from crm_desktop.domain import pasted_words as words
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.phones import normalise
from crm_desktop.domain.text import clean, half_width


@dataclass(frozen=True, slots=True)
class Piece:
    """One value: the field it belongs to, and where in the text it stood."""

    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was understood, in the order of the text."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> Kind:
        """A person where one is named; a company where only that is."""
        keys = {piece.key for piece in self.pieces}
        return Kind.COMPANY if "company" in keys and "name" not in keys else Kind.PERSON

    def all(self, key: str) -> tuple[str, ...]:
        """Every value of a field."""
        return tuple(dict.fromkeys(piece.value for piece in self.pieces if piece.key == key))

    def first(self, key: str) -> str:
        """The first value of a field; "" where there is none."""
        return next(iter(self.all(key)), "")


def is_card(text: str) -> bool:
    """Whether the text is about one person or firm, not a list of several."""
    found = parse(text)
    keys = {piece.key for piece in found.pieces}
    return len(keys) > 1 and all(len(found.all(key)) <= _MOST_OF_ONE for key in ("mobile", "email"))


_MOST_OF_ONE = 2
_AROUND = " \t\n,;:|/·•-—、。<>[]【】\"'"
_SEVERAL = frozenset({"mobile", "phone", "email", "fax", "website", "wechat", "qq"})


def parse(text: str) -> Pasted:
    """Read what is pasted; an empty result where nothing was understood."""
    text = clean(text)
    reader = _Reader(half_width(text))
    reader.read()
    # Numbers as they are dialled, words as they were written.
    pieces = [
        piece if piece.key in _SEVERAL else replace(piece, value=text[piece.start : piece.end])
        for piece in sorted(reader.pieces, key=lambda piece: piece.start)
    ]
    return Pasted(text, tuple(pieces))


@dataclass
class _Reader:
    """Takes what is certain first; what is taken is not read again."""

    text: str
    pieces: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._left = self.text

    def read(self) -> None:
        if (born := birthdays.find(self._left)) is not None:
            self._add("birthday", *born.day, whole=born.whole)
        self._points()
        self._labelled()
        self._sentences()
        if (found := words.COMPANY_EN.search(self._left)) is not None:
            self._add("company", *found.span())  # not by segments: Co., Ltd. has a comma
        for read in (self._company, self._address):
            for start, end in self._segments():
                read(start, end)
        if not any(piece.key == "company" for piece in self.pieces):
            self._firm_beside_a_person()
        for start, end in self._segments():
            self._name_and_title(start, end)
        self._named_by_title()

    def _add(self, key: str, start: int, end: int, *, whole: tuple[int, int] | None = None) -> None:
        value = self.text[start:end]
        stripped = value.strip(_AROUND if key in _SEVERAL else _AROUND + "()")
        start += value.find(stripped) if stripped else 0
        end = start + len(stripped)
        first, last = whole or (start, end)
        self._left = self._left[:first] + "\0" * (last - first) + self._left[last:]
        taken = any(p.key == key for p in self.pieces)
        if stripped and (key in _SEVERAL or not taken):
            self.pieces.append(Piece(key, stripped, start, end))

    def _each(self, pattern: re.Pattern[str], key: str | Callable[[re.Match[str]], str]) -> None:
        while (found := pattern.search(self._left)) is not None:
            name = key if isinstance(key, str) else key(found)
            self._add(name, *found.span("v"), whole=found.span())

    # ---- numbers and addresses of the net

    def _points(self) -> None:
        self._each(words.EMAIL, "email")
        self._each(words.TAX, "tax_number")
        self._each(words.WECHAT, "wechat")
        self._each(words.QQ, "qq")
        self._each(words.WEBSITE, "website")
        self._each(words.FAX, "fax")
        self._each(words.MOBILE, "mobile")
        self._each(words.PHONE, _sort_of_phone)
        if words.SAME_WECHAT.search(self.text) and not any(p.key == "wechat" for p in self.pieces):
            mobile = next((p for p in self.pieces if p.key == "mobile"), None)
            if mobile is not None:
                self.pieces.append(Piece("wechat", mobile.value, mobile.start, mobile.end))
            self._left = words.SAME_WECHAT.sub(lambda m: "\0" * len(m[0]), self._left)

    def _labelled(self) -> None:
        for key, pattern in words.LABELLED:
            found = pattern.search(self._left)
            if found is not None:
                behind = found.groupdict().get("title")
                if behind and words.TITLE.fullmatch(behind):
                    self._title(*found.span("title"))
                self._add(key, *found.span("v"), whole=found.span())
        self._each(words.EMPTY_LABEL, "")
        self.pieces = [piece for piece in self.pieces if piece.key]

    def _sentences(self) -> None:
        """我是恒远精密的张伟; this is John Miller from Acme."""
        for pattern in words.SENTENCES:
            if (found := pattern.search(self._left)) is None:
                continue
            for key, value in found.groupdict().items():
                if value and (key != "name" or _is_name(_without_title(value)[0])):
                    start, end = found.span(key)
                    if key == "name":
                        self._name(start, end)
                    else:
                        self._add(key, start, end)
            return

    # ---- what stands by itself

    def _segments(self) -> Iterator[tuple[int, int]]:
        found = list(words.SEGMENT.finditer(self._left))
        for segment in found:
            if segment[0].strip():
                yield segment.span()

    def _company(self, start: int, end: int) -> None:
        segment = self._left[start:end]
        if (found := words.COMPANY_ZH.search(segment)) is not None or (
            found := words.COMPANY_EN.search(segment)
        ) is not None:
            self._add("company", start + found.start(), start + found.end())

    def _firm_beside_a_person(self) -> None:
        """One without its legal form: beside a name or title, told by trade or an address."""
        spans = [found.span() for found in words.LINE.finditer(self.text)]
        lines = [self.text[start:end] for start, end in spans]
        net = firms.hosts(self.text)
        firm_like = [firms.is_trade(line) or firms.is_in_net(line, net) for line in lines]
        named = [_holds(line, _is_name) for line in lines]
        people = [name or _holds(line, _is_post) for name, line in zip(named, lines, strict=True)]
        labelled = any(piece.key == "name" for piece in self.pieces)
        for at, (start, end) in enumerate(spans):
            if not firm_like[at] or "\0" in self._left[start:end] or _is_post(lines[at]):
                continue
            beside = [one for one in (at - 1, at + 1) if 0 <= one < len(lines)]
            # What could be a name itself is a firm only beside somebody else's.
            elsewhere = labelled or any(
                name and not firm for name, firm in zip(named, firm_like, strict=True)
            )
            if elsewhere and any(people[one] for one in beside):
                self._add("company", start, end)
                return

    def _address(self, start: int, end: int) -> None:
        line_start = self._left.rfind("\n", 0, start) + 1
        line_end = self._left.find("\n", start)
        line_end = len(self._left) if line_end < 0 else line_end
        line = self._left[line_start:line_end]
        if "\0" in line:
            line_start, line_end, line = start, end, self._left[start:end]
        if _is_address(line):
            self._add("address", line_start, line_end)

    def _name_and_title(self, start: int, end: int) -> None:
        segment = self._left[start:end]
        if "\0" in segment:
            return
        stripped = segment.strip()
        at = start + segment.find(stripped)
        stop = at + len(stripped)
        have = {piece.key for piece in self.pieces}
        if "name" not in have and _is_name(_without_title(stripped)[0]):
            self._name(at, stop)
        elif (
            "name" not in have
            and (found := words.NAME_AND_NOTE.fullmatch(stripped))
            and _is_name(found["name"])
        ):
            self._add("name", at, at + found.end("name"), whole=(at, stop))
        elif words.TITLE.fullmatch(stripped) or _is_addressed(stripped):
            self._title(at, stop)
        elif words.DEPARTMENT.fullmatch(stripped):
            self._add("department", at, stop)
        elif (
            "name" not in have
            and (found := words.TITLE_THEN_NAME.fullmatch(stripped))
            and _is_name(found["name"])
        ):
            self._title(at + found.start("title"), at + found.end("title"))
            self._add("name", at + found.start("name"), at + found.end("name"))

    def _name(self, start: int, end: int) -> None:
        """A name, perhaps with a title behind it: 张伟 经理, 张伟总经理."""
        value = self.text[start:end]
        name, title = _without_title(value)
        at = value.find(name)
        self._add("name", start + at, start + at + len(name))
        if title:
            behind = value.rfind(title)
            self._title(start + behind, start + behind + len(title))

    def _named_by_title(self) -> None:
        """李女士, 张经理: where nobody says how they are called, this is their name."""
        if not any(piece.key == "name" for piece in self.pieces):
            self.pieces = [
                replace(piece, key="name")
                if piece.key == "title" and _is_addressed(piece.value)
                else piece
                for piece in self.pieces
            ]

    def _title(self, start: int, end: int) -> None:
        value = self.text[start:end]
        split = words.DEPARTMENT_BEFORE.match(value)
        if split is not None:
            self._add("department", start, start + split.end("department"))
            start += split.end("department")
        self._add("title", start, end)


def _sort_of_phone(found: re.Match[str]) -> str:
    label = (found["label"] or "").lower()
    if words.MOBILE_LABEL.match(label):
        return "mobile"
    return "mobile" if re.match(r"\+861[3-9]", normalise(found["v"]).number) else "phone"


def _is_address(line: str) -> bool:
    if words.ADDRESS_EN.search(line):
        return True
    marks = words.ADDRESS_MARK.findall(line)
    return len(set(marks)) >= 2 and (bool(re.search(r"\d|[一二三四五六七八九十]号", line)))


def _without_title(text: str) -> tuple[str, str]:
    """The name and what was behind it."""
    text = text.strip()
    if (found := words.NAME_THEN_TITLE.fullmatch(text)) is not None:
        return found["name"].strip(), found["title"].strip()
    return text, ""


def _holds(line: str, is_one: Callable[[str], object]) -> bool:
    """Whether a part of a line is one: the whole, or what stands before or behind a comma."""
    parts = (found[0].strip() for found in words.SEGMENT.finditer(line))
    return any(is_one(part) or is_one(_without_title(part)[0]) for part in parts)


def _is_post(text: str) -> bool:
    return bool(words.TITLE.fullmatch(text) or words.DEPARTMENT.fullmatch(text))


def _is_addressed(text: str) -> bool:
    """A surname and what its bearer is: 李女士, 欧阳总."""
    found = words.ADDRESSED.fullmatch(text)
    surname = found["surname"] if found is not None else ""
    return text[:2] not in words.POSTS and (surname in words.SURNAMES or surname in words.COMPOUND)


def _is_name(text: str) -> bool:
    if words.NAME_EN.fullmatch(text):
        return not words.NOT_A_NAME_EN.search(text)
    if not words.HAN_NAME.fullmatch(text):
        return False
    bare = text.replace(" ", "").replace("·", "")
    if bare in words.NOT_A_NAME or bare[:2] in words.POSTS or words.TITLE.fullmatch(bare):
        return False
    return "·" in text or bare[:2] in words.COMPOUND or bare[0] in words.SURNAMES
