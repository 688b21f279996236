"""Cells whose characters could not be read: no name is made of them, and none is told silently."""

from __future__ import annotations

from typing import Any

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.problems import Problem
from crm_desktop.exchange.cells import Convert
from crm_desktop.exchange.reading.facts import Value

DAMAGED = "reading.cell_damaged"
"""The row stays out: what it is about, or belongs to, would be something else."""
_IN_TEXT = "reading.text_damaged"
_LOST = "\ufffd"
_LONGEST = 60


def undamaged(convert: Convert, sort: FieldType) -> Convert:
    """The same for whole cells; of a damaged one nothing is taken but a long text, which can be
    read all the same."""

    def read(value: Value, problems: list[Problem]) -> Any:
        if type(value) is str and _LOST in value:
            if sort is not FieldType.LONG_TEXT:
                problems.append(Problem(DAMAGED, args={"value": value[:_LONGEST]}))
                return None
            problems.append(Problem(_IN_TEXT))
        return convert(value, problems)

    return read
