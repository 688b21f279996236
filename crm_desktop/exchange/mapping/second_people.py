"""Columns of a second person in the same row: 联系人2, 手机2, "Contact 2 e-mail"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_desktop.exchange.mapping.synonyms import match

_NUMBER = re.compile(r"(?<!\d)([2-9]|[二三四五])(?!\d)")
_NAMES = frozenset({"person.name", "person.family_name", "person.given_name"})


def leave_out_second_people(taken: dict[int, tuple[str, bool]], names: Sequence[str]) -> None:
    """Take no values of a second person for those of the first: where another column with the
    same number names somebody, the user decides what becomes of them.
    """
    others = {
        number
        for index, name in enumerate(names)
        if index not in taken and (number := _number(name)) and _NAMES & set(match(name).targets)
    }
    for index, (target, _) in list(taken.items()):
        if target.startswith("person.") and _number(names[index]) in others:
            del taken[index]


def _number(name: str) -> str:
    found = _NUMBER.search(name)
    return found[1] if found else ""
