"""Queries as SQL conditions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from string import ascii_letters
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    UnaryExpression,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from crm_desktop.data import fullness, search
from crm_desktop.data.ids import in_ids
from crm_desktop.data.records import parts
from crm_desktop.data.records.columns import (
    JOB_KEYS,
    column,
    is_moment,
    is_plain,
    owner_column,
    sort_expressions,
    value_expression,
)
from crm_desktop.data.records.grouping import group_order
from crm_desktop.data.records.heads import head
from crm_desktop.data.records.money_columns import owners
from crm_desktop.data.records.scanning import (
    has_order,
    is_indexed,
    is_led_to,
    is_live,
    is_narrowed,
)
from crm_desktop.data.session import Session
from crm_desktop.data.tables import Job, Person, PersonFilled, Point, Tag, TagLink
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.domain.spans import Span

_TEXTUAL = frozenset(
    {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.POINTS, FieldType.ADDRESSES, FieldType.TAGS}
)
_DAYS = frozenset({FieldType.STAMP, FieldType.DATE})
_PLAIN = frozenset({Op.IS, Op.ANY_OF, Op.EMPTY, Op.BEFORE, Op.AFTER, Op.BETWEEN})
NATURAL_ORDER: dict[Kind, tuple[tuple[str, bool], ...]] = {
    Kind.PERSON: (("name", False),),
    Kind.COMPANY: (("name", False),),
    Kind.ACTIVITY: (("due", True),),
    Kind.OPPORTUNITY: (("expected_close", False),),
    Kind.PRODUCT: (("code", False),),
    Kind.QUOTE: (("number", True),),
    Kind.CONTRACT: (("number", True),),
    Kind.TICKET: (("number", True),),
    Kind.RECEIPT: (("dated", True),),
    Kind.EXPENSE: (("dated", True),),
    Kind.STAFF: (("name", False),),
    Kind.PAYMENT_STAGE: (("contract", False),),
    Kind.ANNIVERSARY: (("person", False),),
    Kind.GIFT: (("on_date", True),),
}
"""How a list of the kind stands before the user orders it."""


class Filters:
    """Turns queries on one kind into statements; knows today and the user's own fields."""

    def __init__(
        self,
        session: Session,
        kind: Kind,
        today: date,
        custom: tuple[Field, ...] = (),
        *,
        zone: str = "UTC",
    ) -> None:
        self._session = session
        self.kind = kind
        self._today = today
        self._custom = custom
        self._zone = ZoneInfo(zone)

    def field(self, key: str) -> Field:
        """The field of this kind. KeyError if there is none."""
        return schema.find(self.kind, key, self._custom)

    def where(
        self, query: Query, *, as_they_lie: bool | None = None, of_few: bool = False
    ) -> ColumnElement[bool]:
        """The condition that a row of the kind's table belongs to the query.

        `as_they_lie`: whether the rows are best read without an index where none narrows them
        down; by itself, if there are conditions to be tried on each row. `of_few`: whether only a
        few rows are looked at, so that nothing is worth being looked up for all of them at once.
        """
        lies = bool(query.where.conditions) if as_they_lie is None else as_they_lie
        lies = (lies and not is_narrowed(self.kind, query)) or is_led_to(self.kind, query)
        trashed = head(self.kind, "trashed_at").is_not(None)
        parts: list[ColumnElement[bool]] = [
            # Tried in this order: what few rows hold before what nearly all do.
            self._group(query.where, of_few),
            trashed if query.trashed else is_live(self.kind, as_they_lie=lies),
        ]
        if query.only is not None:
            parts.append(in_ids(column(self.kind, "id"), query.only))
        if query.text.strip():
            found = search.record_ids(self._session, self.kind, query.text)
            parts.append(in_ids(column(self.kind, "id"), found))
        return and_(*parts)

    def ordered(self, statement: Select[Any], query: Query) -> Select[Any]:
        """The statement in the query's order; the id makes every order total."""
        if query.group:
            down = dict(query.order).get(query.group, False)
            field = self.field(query.group)
            statement = statement.order_by(
                *group_order(self.kind, field, self._today, descending=down)
            )
        for key, descending in self.order(query):
            for expression in sort_expressions(self.kind, self.field(key), self._today):
                # Downwards nothing comes last anyhow; upwards names are never empty.
                indexed = descending or key == schema.TITLE_KEYS[self.kind]
                directed = expression.desc() if descending else expression.asc()
                statement = statement.order_by(directed if indexed else directed.nulls_last())
        return statement.order_by(self.last(query))

    def last(self, query: Query) -> UnaryExpression[Any]:
        """How rows stand that are equal in all that the query is ordered by."""
        identity = column(self.kind, "id")
        backwards = self._ends_backwards(self.order(query)[-1])
        return identity.desc() if backwards else identity.asc()

    def order(self, query: Query) -> tuple[tuple[str, bool], ...]:
        """What the rows of the query are ordered by."""
        return query.order or NATURAL_ORDER[self.kind]

    def holds_days(self, field: Field) -> bool:
        """Whether a column of the kind's own table holds the day or moment of the field."""
        return field.type in _DAYS and is_plain(self.kind, field)

    def holds(self, field: Field) -> bool:
        """Whether the field is read from the kind's own table alone."""
        own = field.custom or field.type is FieldType.BIRTHDAY
        return own or is_plain(self.kind, field)

    def _ends_backwards(self, last: tuple[str, bool]) -> bool:
        """Whether the rows that are equal stand by their ids downwards: where that is quick.

        Read backwards an index gives its ids backwards; and what is newer mostly lies behind.
        """
        key, descending = last
        return descending and (is_indexed(self.kind, key) or self.holds_days(self.field(key)))

    def order_is_held(self, query: Query) -> bool:
        """Whether an index holds the live rows in the order of the query."""
        return not query.group and has_order(self.kind, self.order(query)[0][0])

    def _group(self, group: Group, of_few: bool) -> ColumnElement[bool]:
        parts = [
            self._group(item, of_few) if isinstance(item, Group) else self._condition(item, of_few)
            for item in group.conditions
        ]
        if not parts:
            return true()
        return or_(*parts) if group.any_of else and_(*parts)

    def _condition(self, condition: Condition, of_few: bool) -> ColumnElement[bool]:
        field = self.field(condition.key)
        if self.kind is Kind.PERSON and not of_few:
            counted = self._counted(field, condition)
            if counted is not None:
                return counted
        if condition.op is Op.IS_NOT:
            return not_(self._condition(Condition(condition.key, Op.IS, condition.value), of_few))
        if condition.op is Op.NOT_WITHIN:
            within = Condition(condition.key, Op.WITHIN, condition.value)
            return not_(self._condition(within, of_few))
        if condition.op is Op.FILLED:
            return not_(self._condition(Condition(condition.key, Op.EMPTY), of_few))
        if condition.op is Op.DURING:
            days = Span(condition.value).days(self._today)
            return self._condition(Condition(condition.key, Op.BETWEEN, days), of_few)
        if field.type is FieldType.POINTS and condition.op is not Op.EMPTY:
            return self._any_point(field, condition)
        if field.type is FieldType.TAGS and condition.op in (Op.IS, Op.ANY_OF):
            return self._any_tag(condition)
        if field.type is FieldType.CHOICES and condition.op in (Op.IS, Op.ANY_OF):
            return self._any_choice(field, condition)
        if field.type is FieldType.PARTS and condition.op in (Op.IS, Op.ANY_OF):
            having = parts.owners_of(field, _several(condition.value))
            return column(self.kind, "id").in_(having)
        expression = value_expression(self.kind, field, self._today)
        if is_moment(field):
            return _by_day(expression, condition, self._today, self._zone)
        found = compare(expression, field, condition, self._today)
        if self.kind is Kind.PERSON and field.key in JOB_KEYS and _wants_something(condition):
            return and_(self._any_job(field, condition), found)
        paid = owners(self.kind, field.key, self._today)
        if paid is not None and _wants_something(condition):
            return and_(column(self.kind, "id").in_(paid), found)
        return found

    # What other tables hold is looked up there at once, not for each row of this one.

    def _counted(self, field: Field, condition: Condition) -> ColumnElement[bool] | None:
        """The same by what is kept of how full people are; None where that does not tell."""
        if field.key in fullness.BITS and condition.op in (Op.EMPTY, Op.FILLED):
            found = fullness.has(field.key, condition.op is Op.FILLED)
        elif field.key == "completeness" and condition.op in _PLAIN:
            found = compare(PersonFilled.percent, field, condition, self._today)
        else:
            return None
        return Person.id.in_(select(PersonFilled.person_id).where(found))

    def _any_job(self, field: Field, condition: Condition) -> ColumnElement[bool]:
        held = Job.company_id if field.key == "company" else getattr(Job, field.key)
        people = select(Job.person_id).where(
            Job.left.is_(False), compare(held, field, condition, self._today)
        )
        return column(self.kind, "id").in_(people)

    def _any_point(self, field: Field, condition: Condition) -> ColumnElement[bool]:
        owner = owner_column(Point, self.kind)
        owners = select(owner).where(
            owner.is_not(None),
            Point.kind == field.point,
            compare(Point.value, field, condition, self._today),
        )
        return column(self.kind, "id").in_(owners)

    def _any_tag(self, condition: Condition) -> ColumnElement[bool]:
        tags = select(Tag.id).where(Tag.name.in_(_several(condition.value)))
        owners = select(TagLink.owner_id).where(
            TagLink.owner_kind == self.kind.value, TagLink.tag_id.in_(tags)
        )
        return column(self.kind, "id").in_(owners)

    def _any_choice(self, field: Field, condition: Condition) -> ColumnElement[bool]:
        held = value_expression(self.kind, field, self._today)
        items = func.json_each(held).table_valued("value")
        return exists().where(items.c.value.in_(_several(condition.value)))


def _by_day(
    expression: Any, condition: Condition, today: date, zone: ZoneInfo
) -> ColumnElement[bool]:
    """A moment compared by the day it has on the user's wall, or with one very moment: all that a
    gesture made was made in its own."""
    value = condition.value
    if condition.op is Op.IS and isinstance(value, datetime):
        return _bool(expression.is_not_distinct_from(value))

    def begin(day: date, later: int = 0) -> datetime:
        return datetime.combine(day + timedelta(days=later), time(), zone)

    match condition.op:
        case Op.EMPTY:
            return _bool(expression.is_(None))
        case Op.IS:
            first = last = value
        case Op.BETWEEN:
            first, last = value
        case Op.WITHIN:
            first, last = sorted((today - timedelta(days=int(value)), today))
        case Op.BEFORE:
            return _bool(expression < begin(value))
        case Op.AFTER:
            return _bool(expression >= begin(value, 1))
        case _:
            raise ValueError(f"{condition.op} does not fit a moment")
    # Told apart from "unknown", so that its opposite holds where there is no moment at all.
    there = expression.is_not(None)
    return _bool(and_(there, expression >= begin(first), expression < begin(last, 1)))


def compare(
    expression: Any, field: Field, condition: Condition, today: date
) -> ColumnElement[bool]:
    """One comparison as SQL. ValueError for an operator the type of field does not have."""
    value = condition.value
    textual = field.type in _TEXTUAL
    match condition.op:
        case Op.EMPTY:
            nothing = _bool(expression.is_(None))
            return or_(nothing, expression == "") if textual else nothing
        case Op.IS:
            return _bool(expression.is_not_distinct_from(value))
        case Op.ANY_OF:
            several = _several(value)
            return _bool(expression.in_(several)) if several else false()
        case Op.CONTAINS:
            return _contains(expression, str(value))
        case Op.STARTS:
            return _bool(expression.startswith(str(value), autoescape=True))
        case Op.BEFORE:
            return _bool(expression < _bound(field, value))
        case Op.AFTER:
            return _bool(expression > _bound(field, value))
        case Op.BETWEEN:
            low, high = (_bound(field, bound) for bound in value)
            return _bool(expression.between(low, high))
        case Op.WITHIN:
            first, last = sorted((today - timedelta(days=int(value)), today))
            day = expression
            return and_(
                expression.is_not(None), day.between(_bound(field, first), _bound(field, last))
            )
    raise ValueError(f"{condition.op} does not fit {field.key}")


def _contains(expression: Any, text: str) -> ColumnElement[bool]:
    """Whether a text holds another, whatever the case of its Latin letters (the engine's LIKE).

    Where there are none, as in digits and Chinese, looking for the bytes takes less time.
    """
    if any(letter in ascii_letters for letter in text):
        return _bool(expression.contains(text, autoescape=True))
    return _bool(func.instr(expression, text) > 0)


def _bool(condition: Any) -> ColumnElement[bool]:
    typed: ColumnElement[bool] = condition
    return typed


def _bound(field: Field, value: Any) -> Any:
    # Next steps are compared as ISO text; typed columns take the date itself.
    as_text = field.type is FieldType.NEXT_STEP
    return value.isoformat() if as_text and isinstance(value, date) else value


def _wants_something(condition: Condition) -> bool:
    """Whether the condition holds only where there is a value."""
    return condition.op is not Op.EMPTY and condition.value is not None


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (value,)
