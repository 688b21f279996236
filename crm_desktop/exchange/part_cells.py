"""Cells that tell parts of a record: products with quantity and price, demand by group and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from crm_desktop.domain.fields import Field
from crm_desktop.domain.parts import Part, parts_of, sort_of
from crm_desktop.domain.problems import Problem
from crm_desktop.exchange import cells
from crm_desktop.exchange.cells import Convert
from crm_desktop.exchange.converters import converter
from crm_desktop.exchange.reading.facts import Value


def reader(field: Field, replaced: Mapping[str, str]) -> Convert:
    """Reads the parts of a cell; `replaced` are names the user gave for those of the file."""

    def read(value: Value, problems: list[Problem]) -> tuple[Part, ...] | None:
        written = cells.long_text(value, problems)
        if written is None:
            return None
        found = parts_of(field, written)
        named = (replace(one, what=replaced.get(one.what, one.what)) for one in found)
        return tuple(dict.fromkeys(named)) or None

    return read


def piece_reader(field: Field, key: str, *, options: Mapping[str, str]) -> Convert:
    """Reads one piece of a part that has a column of its own, such as the quantity."""
    piece = next(one for one in sort_of(field).fields if one.key == key)
    return converter(piece, options=dict(options))


def pieces(field: Field) -> tuple[str, ...]:
    """The pieces of a part that may have columns of their own."""
    return tuple(one.key for one in sort_of(field).fields if one.key != "what")


def completed(parts: Sequence[Part], told: Mapping[str, Any]) -> tuple[Part, ...]:
    """The parts, the first of them completed by what stands in columns of its own."""
    first, *others = parts
    return (replace(first, **told), *others)
