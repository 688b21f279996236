"""The tax number of a Chinese firm (统一社会信用代码) and its older forms."""

from __future__ import annotations

import re

from crm_desktop.domain.problems import Problem
from crm_desktop.domain.text import half_width

_FILLING = re.compile(r"[\s\-‐-―−]")
_OLD_LENGTHS = (15, 20)  # before 2015: registration number; self-employed with an ID card
_LENGTH = 18


def normalise(raw: str) -> str:
    """Half width, capitals, no blanks or dashes: what is stored and compared."""
    return _FILLING.sub("", half_width(raw)).upper()


def is_valid(raw: str) -> bool:
    """Whether it is a unified social credit code whose check character is right."""
    from stdnum.cn import uscc  # needed for few calls

    return bool(uscc.is_valid(normalise(raw)))


def problem(raw: str, field: str = "tax_number") -> Problem | None:
    """What to look at; the number may be saved all the same."""
    number = normalise(raw)
    if not number or len(number) in _OLD_LENGTHS:
        return None
    if not (number.isascii() and number.isalnum()):
        return Problem("taxnumber.characters", field, {"text": raw})
    if len(number) != _LENGTH:
        return Problem("taxnumber.length", field, {"text": raw, "digits": len(number)})
    if set(number) & set("IOZSV"):  # left out of the code: too easily taken for digits
        return Problem("taxnumber.characters", field, {"text": raw})
    return None if is_valid(number) else Problem("taxnumber.checksum", field, {"text": raw})
