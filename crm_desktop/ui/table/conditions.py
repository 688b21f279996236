"""Conditions of a filter: which operators a field has, and how a condition reads."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.ui import formats
from crm_desktop.ui.item_options import item_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.cells import NUMERIC, field_label, state_label

if TYPE_CHECKING:
    from crm_desktop.services.house import Services

DAYS = frozenset({FieldType.DATE, FieldType.STAMP, FieldType.DUE, FieldType.NEXT_STEP})
_NOTHING = (Op.EMPTY, Op.FILLED)
_TEXT = (Op.CONTAINS, Op.IS, Op.STARTS, *_NOTHING)
_NUMBER = (Op.IS, Op.AFTER, Op.BEFORE, Op.BETWEEN, *_NOTHING)
_SPAN = (Op.WITHIN, Op.NOT_WITHIN, Op.DURING)
_DAY = (*_SPAN, Op.IS, Op.BEFORE, Op.AFTER, Op.BETWEEN, *_NOTHING)
_OPERATORS: dict[FieldType, tuple[Op, ...]] = {
    FieldType.TEXT: _TEXT,
    FieldType.LONG_TEXT: (Op.CONTAINS, *_NOTHING),
    FieldType.CURRENCY: (Op.IS, Op.IS_NOT, *_NOTHING),
    FieldType.POINTS: _TEXT,
    FieldType.ADDRESSES: (Op.CONTAINS, *_NOTHING),
    FieldType.TAGS: (Op.ANY_OF, *_NOTHING),
    FieldType.CHOICE: (Op.ANY_OF, Op.IS_NOT, *_NOTHING),
    FieldType.CHOICES: (Op.ANY_OF, *_NOTHING),
    FieldType.STATE: (Op.ANY_OF, Op.IS_NOT),
    FieldType.LINK: (Op.IS, Op.ANY_OF, Op.IS_NOT, *_NOTHING),
    FieldType.BOOLEAN: (Op.IS,),
    FieldType.BIRTHDAY: _NOTHING,
    FieldType.NEXT_STEP: (*_SPAN, Op.BEFORE, Op.AFTER, *_NOTHING),
}


def operators(field: Field) -> tuple[Op, ...]:
    """How a field can be compared, the likeliest way first."""
    if field.type in NUMERIC:
        return _NUMBER
    if field.type is FieldType.PARTS:  # by what they are of
        return _OPERATORS[FieldType.CHOICE if field.list_key else FieldType.LINK]
    if field.type in DAYS and field.type is not FieldType.NEXT_STEP:
        return _DAY
    return _OPERATORS[field.type]


def operator_label(field: Field, op: Op) -> str:
    """What an operator is called for this type of field."""
    if op in (Op.BEFORE, Op.AFTER) and field.type in NUMERIC:
        return tr(f"table.op.{op.value}_number")
    return tr(f"table.op.{op.value}")


def sentence(services: Services, kind: Kind, field: Field, condition: Condition) -> str:
    """A condition as its chip says it: Status: Customer, Prospect."""
    name = field_label(kind, field)
    op = condition.op
    if op in _NOTHING:
        return tr(f"table.says.{op.value}", field=name)
    if op in (Op.WITHIN, Op.NOT_WITHIN):
        days = int(condition.value)
        way = "last" if days >= 0 else "next"
        return tr(f"table.says.{op.value}_{way}", field=name, count=abs(days))
    if op is Op.DURING:
        return tr("table.says.during", field=name, value=tr(f"views.span.{condition.value}"))
    if op is Op.BETWEEN:
        low, high = (value_text(services, kind, field, bound) for bound in condition.value)
        return tr("table.says.between", field=name, low=low, high=high)
    value = value_text(services, kind, field, condition.value)
    if isinstance(condition.value, datetime):
        return tr("table.says.import", value=value)
    numeric = op in (Op.BEFORE, Op.AFTER) and field.type in NUMERIC
    return tr(f"table.says.{op.value}{'_number' if numeric else ''}", field=name, value=value)


def group_sentence(services: Services, kind: Kind, fields: dict[str, Field], group: Group) -> str:
    """A group within a filter: the parts, joined by and / or; inner groups in brackets."""
    parts = []
    for part in group.conditions:
        if isinstance(part, Condition):
            parts.append(sentence(services, kind, fields[part.key], part))
            continue
        text = group_sentence(services, kind, fields, part)
        bracketed = len(part.conditions) > 1 and len(group.conditions) > 1
        parts.append(tr("table.says.inner", what=text) if bracketed else text)
    return tr("table.says.or" if group.any_of else "table.says.and").join(parts)


def list_sentence(services: Services, kind: Kind, fields: dict[str, Field], query: Query) -> str:
    """What a list shows, as one says it."""
    parts = []
    if query.text.strip():
        parts.append(tr("views.found_by", text=query.text.strip()))
    if query.only is not None:
        parts.append(tr("table.says.only", count=len(query.only)))
    if query.where.conditions:
        text = group_sentence(services, kind, fields, query.where)
        bracketed = bool(parts) and query.where.any_of and len(query.where.conditions) > 1
        parts.append(tr("table.says.inner", what=text) if bracketed else text)
    name = tr(f"kind.{kind.value}.plural")
    if not parts:
        return tr("views.sentence_all", kind=name)
    return tr("views.sentence", kind=name, what=tr("table.says.and").join(parts))


def value_text(services: Services, kind: Kind, field: Field, value: Any) -> str:
    """A value of a condition in words."""
    if isinstance(value, tuple | list):
        return formats.joined([value_text(services, kind, field, each) for each in value])
    if isinstance(value, bool):
        return tr("table.yes" if value else "table.no")
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(services.clock.zone))
        return formats.moment_text(local, services.clock.today())
    if isinstance(value, date):
        return formats.day_text(value, services.clock.today())
    if isinstance(value, Ref):
        return value.title
    if field.list_key:
        return item_text(services.lists, value)
    if field.type is FieldType.STATE:
        return state_label(kind, value)
    if field.link is not None:
        return services.records.title(Ref(field.link, value))
    if isinstance(value, int | Decimal):
        return formats.number(value)
    return str(value)
