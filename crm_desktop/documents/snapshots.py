"""Papers as plain JSON values and back, so that a frozen one can be printed again for ever."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from crm_desktop.documents.paper import ContractPaper, QuotePaper

Paper = QuotePaper | ContractPaper
_PAPERS: dict[str, type[Any]] = {"quote": QuotePaper, "contract": ContractPaper}


def to_plain(paper: Paper, *, logo_sha256: str) -> dict[str, Any]:
    """The paper as JSON; its logo only by its hash."""
    name = next(name for name, cls in _PAPERS.items() if isinstance(paper, cls))
    return {**_plain(dataclasses.replace(paper, logo=b"")), "paper": name, "logo": logo_sha256}


def from_plain(plain: Mapping[str, Any], *, logo: bytes) -> Paper:
    """The paper a snapshot holds."""
    values = {key: value for key, value in plain.items() if key not in ("paper", "logo")}
    cls = _PAPERS[plain["paper"]]
    paper: Paper = dataclasses.replace(_made(cls, values), logo=logo)
    return paper


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if not isinstance(getattr(value, field.name), bytes)
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal | date) else value


def _made(wanted: Any, plain: Any) -> Any:
    """The value of type `wanted` that `plain` stands for."""
    if plain is None:
        return None
    if dataclasses.is_dataclass(wanted):
        hints = typing.get_type_hints(wanted)
        return typing.cast(Any, wanted)(
            **{key: _made(hints[key], value) for key, value in plain.items() if key in hints}
        )
    origin = typing.get_origin(wanted)
    if origin in (types.UnionType, typing.Union):
        return _made(next(arg for arg in typing.get_args(wanted) if arg is not type(None)), plain)
    if origin is tuple:
        return tuple(_made(typing.get_args(wanted)[0], item) for item in plain)
    if wanted is Decimal:
        return Decimal(plain)
    return date.fromisoformat(plain) if wanted is date else plain
