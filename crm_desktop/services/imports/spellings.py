"""Other spellings of list values: a number of people for a size, "A类" for the level A."""

from __future__ import annotations

import math
import re

from crm_desktop.domain.text import half_width

Span = tuple[float, float]

_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3})")
_PEOPLE = re.compile(
    r"(?:大?约|about|approx\.?|ca\.?|[~≈])?\s*(\d{1,9})\s*(?:[-–—~～至到]\s*(\d{1,9}))?"
    r"\s*(?:个?人|名|people|persons|employees|staff)?(?:员工)?\s*"
    r"(及?以上|\+|and more|or more)?"
)
_BRACKETS = re.compile(r"\s*[(\[【].*[)\]】]\s*")
_GRADE = re.compile(r"([a-z])\s*(?:类|级|等|grade|class|level)?\s*(?:客户)?")


def people(text: str) -> Span | None:
    """How many people a text speaks of, from – to; None where it says something else."""
    plain = _THOUSANDS.sub("", half_width(text).strip().lower())
    found = _PEOPLE.fullmatch(plain)
    if found is None:
        return None
    low = float(found[1])
    if found[3]:
        return low, math.inf
    return low, float(found[2] or found[1])


def grade(text: str) -> str | None:
    """The letter of a level with what people write behind it: A（重点客户）, A 类, B级客户."""
    found = _GRADE.fullmatch(_BRACKETS.sub("", half_width(text).strip().lower()))
    return found[1] if found else None
