"""Numbers of a file in the form and the range of their fields."""

from __future__ import annotations

from typing import Any

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.values import accept

_NUMBERS = frozenset(
    {
        FieldType.INTEGER,
        FieldType.NUMBER,
        FieldType.MONEY,
        FieldType.UNIT_PRICE,
        FieldType.PERCENT,
    }
)


def fitted(field: Field, value: Any) -> Any:
    """The value as its field keeps it. Raises WrongValue where it cannot; texts are clean already.

    Asked row by row, so that one number out of range does not stop a whole file.
    """
    return accept(field, value) if field.type in _NUMBERS else value
