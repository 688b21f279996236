"""Values of our rules as JSON text, and back: what is kept of them between two starts.

Only types of this room and a few of Python's own are made again, whatever a text may ask for.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

_ROOM = __package__ + "."
_NOT_OURS = (ValueError, TypeError, LookupError, AttributeError, ImportError, ArithmeticError)
_READ = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
}


def to_text(value: object) -> str:
    """As JSON. TypeError for what `from_text` could not make again."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Any:
    """The value again: equal, of the same types. ValueError for what `to_text` did not write."""
    try:
        return _made(json.loads(text))
    except _NOT_OURS as error:
        raise ValueError("not a text of ours") from error


def _plain(value: object) -> Any:
    """JSON arrays are tuples; all that JSON has no word for is {"name of the type": parts}."""
    if isinstance(value, Enum):
        return {_name(type(value)): value.value}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    # A datetime is a date, so it comes first.
    if isinstance(value, (datetime, date, time)):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, Mapping):
        return {"mapping": [[_plain(k), _plain(v)] for k, v in value.items()]}
    if isinstance(value, frozenset):
        return {"set": [_plain(each) for each in value]}
    if isinstance(value, tuple):
        parts = [_plain(each) for each in value]
        return parts if type(value) is tuple else {_name(type(value)): parts}
    if isinstance(value, list):
        return {"list": [_plain(each) for each in value]}
    if is_dataclass(value) and not isinstance(value, type):
        return {_name(type(value)): [_plain(getattr(value, f.name)) for f in fields(value)]}
    raise TypeError(f"{type(value)} cannot be kept")


def _name(of: type) -> str:
    if not of.__module__.startswith(_ROOM):
        raise TypeError(f"{of} is not of this room")
    return f"{of.__module__.removeprefix(_ROOM)}:{of.__name__}"


def _made(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_made(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    ((name, parts),) = plain.items()
    if name in _READ:
        return _READ[name](parts)
    if name == "mapping":
        return {_made(k): _made(v) for k, v in parts}
    if name == "set":
        return frozenset(_made(each) for each in parts)
    if name == "list":
        return [_made(each) for each in parts]
    of = _type(name)
    return of(parts) if issubclass(of, Enum) else of(*(_made(each) for each in parts))


@cache
def _type(name: str) -> type[Any]:
    module, _, what = name.partition(":")
    found = getattr(importlib.import_module(_ROOM + module), what)
    ours = isinstance(found, type) and found.__module__ == _ROOM + module
    if not ours or not (issubclass(found, (Enum, tuple)) or is_dataclass(found)):
        raise TypeError(f"{name} is no value")
    kind: type[Any] = found
    return kind
