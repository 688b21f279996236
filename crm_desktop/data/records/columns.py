"""Where a field lives: the columns that hold it, and what a list sorts and filters by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Float,
    Integer,
    SQLColumnExpression,
    String,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

from crm_desktop.data.planner import unindexed
from crm_desktop.data.records import (
    demand_share,
    money_columns,
    parts,
    stage_columns,
    worked_out,
)
from crm_desktop.data.tables import (
    TABLE_OF_HANGING,
    TABLE_OF_KIND,
    Activity,
    Company,
    Job,
    Line,
    ListItem,
    Opportunity,
    Person,
    PersonFilled,
    Point,
    PostalAddress,
    Tag,
    TagLink,
)
from crm_desktop.data.tables.base import Base, aliased
from crm_desktop.data.types import Amount, Day, JsonText, Quantity, Scaled
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.schema import TITLE_KEYS

JOB_KEYS = frozenset({"company", "title", "department"})
"""Fields of a person that live in the job a list shows."""

_SPREAD = frozenset(
    {
        FieldType.POINTS,
        FieldType.ADDRESSES,
        FieldType.TAGS,
        FieldType.PARTS,
        FieldType.BIRTHDAY,
        FieldType.DUE,
    }
)


_LINKING = frozenset({FieldType.LINK, FieldType.PARTS})


def table_of(kind: Kind) -> type[Base]:
    """The table class of a kind of record, or of what hangs on one. KeyError for other kinds."""
    return TABLE_OF_KIND.get(kind) or TABLE_OF_HANGING[kind]


def plain_table(kind: Kind) -> Table:
    """The same without its class."""
    return table_of(kind).__table__


def column(kind: Kind, key: str) -> Column[Any]:
    """The column `key` of the kind's table."""
    found: Column[Any] = getattr(table_of(kind), key)
    return found


def birthday_columns(kind: Kind) -> tuple[str, ...]:
    """The columns of a day of the year: month, day, year, whether lunar, whether a leap month."""
    before = "birth_" if kind is Kind.PERSON else ""
    return tuple(f"{before}{part}" for part in ("month", "day", "year", "lunar", "leap"))


def column_name(field: Field) -> str:
    """The name of the one column that holds a plain field."""
    pointing = field.type in (FieldType.CHOICE, FieldType.LINK)
    return f"{field.key}_id" if pointing else field.key


def is_moment(field: Field) -> bool:
    """Whether the field is held as a moment, though a day may be shown."""
    return field.type is FieldType.STAMP or field.key == "last_contact"


def is_plain(kind: Kind, field: Field) -> bool:
    """Whether one column of the kind's own table holds the field."""
    if field.computed or field.custom or field.type in _SPREAD:
        return False
    return not (kind is Kind.PERSON and field.key in JOB_KEYS)


def owner_column(table: type[Any], kind: Kind) -> Column[Any]:
    """The column of a child table (points, addresses, activities …) that names the owner."""
    found: Column[Any] = getattr(table, f"{kind.value}_id")
    return found


def shown_job(column_of_job: Column[Any]) -> ColumnElement[Any]:
    """A column of the job a person is listed under: the first one not left."""
    return (
        select(column_of_job)
        .where(Job.person_id == Person.id, Job.left.is_(False))
        .order_by(Job.position, Job.id)
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )


def title_expression(kind: Kind, table: Any | None = None) -> ColumnElement[Any]:
    """The text that names a record of the kind."""
    found: ColumnElement[Any] = getattr(table or table_of(kind), TITLE_KEYS[kind])
    return found


def value_expression(kind: Kind, field: Field, today: date) -> SQLColumnExpression[Any]:
    """What conditions on the field compare with on that day (ids for choices and links)."""
    if field.custom:
        # Written out, not bound: the index on a searchable field is made of the same words.
        path = literal(f'$."{field.key.removeprefix("custom.")}"', literal_execute=True)
        return _typed(field, func.json_extract(column(kind, "custom"), path))
    if field.key in _DATED:
        return _DATED[field.key](kind, today)
    if field.computed:
        return _COMPUTED[field.key](kind)
    if kind is Kind.PERSON and field.key in JOB_KEYS:
        return shown_job(Job.company_id if field.key == "company" else getattr(Job, field.key))
    if field.type is FieldType.POINTS:
        return _first_child(Point, kind, Point.value, Point.kind == field.point)
    if field.type is FieldType.ADDRESSES:
        return _first_child(PostalAddress, kind, whole_address())
    if field.type is FieldType.TAGS:
        return (
            select(func.group_concat(Tag.name, " "))
            .join(TagLink, TagLink.tag_id == Tag.id)
            .where(TagLink.owner_kind == kind.value, TagLink.owner_id == column(kind, "id"))
            .correlate(table_of(kind))
            .scalar_subquery()
        )
    if field.type is FieldType.PARTS:
        return parts.first_of(field, column(kind, "id"))
    if field.type is FieldType.BIRTHDAY:
        month, day, *_ = birthday_columns(kind)
        return column(kind, month) * 100 + column(kind, day)
    if field.type is FieldType.DUE:
        return column(kind, f"{field.key}_date")
    return column(kind, column_name(field))


_KEPT_AS: dict[FieldType, TypeEngine[Any]] = {
    FieldType.DATE: Day(),
    FieldType.BOOLEAN: Boolean(),
    FieldType.CHOICES: JsonText(),
}
_DIGITS: dict[FieldType, Scaled] = {FieldType.MONEY: Amount(), FieldType.NUMBER: Quantity()}


def _typed(field: Field, held: ColumnElement[Any]) -> ColumnElement[Any]:
    """A value out of JSON as the type of its field; exact numbers are text there."""
    digits = _DIGITS.get(field.type)
    if digits is not None:
        whole = func.round(cast(held, Float) * literal(10.0**digits.digits, Float))
        return type_coerce(cast(whole, Integer), digits)
    kept = _KEPT_AS.get(field.type)
    return held if kept is None else type_coerce(held, kept)


def sort_expressions(kind: Kind, field: Field, today: date) -> list[SQLColumnExpression[Any]]:
    """What a list is ordered by, most important first; empty values come last by `nulls_last`."""
    if field.key == TITLE_KEYS[kind] and hasattr(table_of(kind), "sort_key"):
        return [column(kind, "sort_key")]
    if field.type is FieldType.CHOICE or (field.part and field.list_key):
        return [_item_position(value_expression(kind, field, today))]
    if field.type in _LINKING and field.link is not None:
        held = value_expression(kind, field, today)
        return [_title_of(field.link, held), held]  # two of the same name stay apart
    if field.type is FieldType.DUE:
        return [column(kind, "due_date"), column(kind, "due_time")]
    if kind is Kind.PERSON and field.key == "completeness":
        percent = select(PersonFilled.percent).where(PersonFilled.person_id == Person.id)
        return [percent.scalar_subquery()]
    if field.type is FieldType.STATE:
        order = {state: number for number, state in enumerate(field.states)}
        return [case(order, value=column(kind, field.key), else_=len(order))]
    return [value_expression(kind, field, today)]


def _first_child(
    table: type[Any], kind: Kind, wanted: SQLColumnExpression[Any], *also: ColumnElement[bool]
) -> ColumnElement[Any]:
    return (
        select(wanted)
        .where(owner_column(table, kind) == column(kind, "id"), *also)
        .order_by(table.position, table.id)
        .limit(1)
        .correlate(table_of(kind))
        .scalar_subquery()
    )


def _item_position(item_id: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    item = aliased(ListItem)
    return select(item.position).where(item.id == item_id).scalar_subquery()


def _title_of(kind: Kind, record_id: SQLColumnExpression[Any]) -> ColumnElement[Any]:
    target: Any = aliased(table_of(kind))
    title = target.sort_key if hasattr(target, "sort_key") else title_expression(kind, target)
    return select(title).where(target.id == record_id).scalar_subquery()


def whole_address() -> SQLColumnExpression[Any]:
    """What an address is ordered and filtered by."""
    return PostalAddress.province + PostalAddress.city + PostalAddress.line


def open_steps(kind: Kind) -> ColumnElement[bool]:
    """The condition that an activity is an open step of the record it is correlated to."""
    return and_(
        owner_column(Activity, kind) == column(kind, "id"),
        unindexed(Activity.state) == "planned",
        Activity.trashed_at.is_(None),
    )


def step_day() -> ColumnElement[Any]:
    """The day of a step; without one it is planned all the same, and behind every dated one."""
    return func.coalesce(type_coerce(Activity.due_date, String), "9999-12-31")


def _next_step(kind: Kind) -> ColumnElement[Any]:
    return (
        select(func.min(step_day()))
        .where(open_steps(kind))
        .correlate(table_of(kind))
        .scalar_subquery()
    )


def _last_contact(kind: Kind) -> ColumnElement[Any]:
    return (
        select(func.max(Activity.done_at))
        .where(
            owner_column(Activity, kind) == column(kind, "id"),
            unindexed(Activity.state) == "done",
            Activity.trashed_at.is_(None),
        )
        .correlate(table_of(kind))
        .scalar_subquery()
    )


def _opportunities(kind: Kind, wanted: ColumnElement[Any], state: str) -> ColumnElement[Any]:
    return (
        select(wanted)
        .where(
            owner_column(Opportunity, kind) == column(kind, "id"),
            unindexed(Opportunity.state) == state,
            Opportunity.trashed_at.is_(None),
        )
        .correlate(table_of(kind))
        .scalar_subquery()
    )


def _people_count(kind: Kind) -> ColumnElement[Any]:
    return (
        select(func.count(Job.person_id.distinct()))
        .join(Person, Person.id == Job.person_id)
        .where(Job.company_id == Company.id, Job.left.is_(False), Person.trashed_at.is_(None))
        .correlate(Company)
        .scalar_subquery()
    )


def _stage_days(kind: Kind) -> ColumnElement[Any]:
    # The earlier the stage was entered, the more days: the sort key is the moment, negated.
    return -func.julianday(Opportunity.stage_since)


def _weighted() -> ColumnElement[Any]:
    # In whole minor units, as the amount itself is stored.
    minor = type_coerce(Opportunity.amount, Integer)
    chance = func.coalesce(Opportunity.probability, 0)
    return type_coerce(minor * chance // literal(100, Integer), Amount)


def _quoted_count(kind: Kind) -> ColumnElement[Any]:
    return (
        select(func.count(Line.quote_id.distinct()))
        .where(Line.product_id == column(kind, "id"), Line.quote_id.is_not(None))
        .correlate(table_of(kind))
        .scalar_subquery()
    )


_COMPUTED: dict[str, Callable[[Kind], ColumnElement[Any]]] = {
    "next_step": _next_step,
    "last_contact": _last_contact,
    "open_opportunities": lambda kind: _opportunities(kind, func.count(), "open"),
    "won_amount": lambda kind: _opportunities(kind, func.sum(Opportunity.amount), "won"),
    "weighted": lambda kind: _weighted(),
    "stage_days": _stage_days,
    "people_count": _people_count,
    "quoted_count": _quoted_count,
    **worked_out.PLAIN,
    **money_columns.PLAIN,
    **stage_columns.PLAIN,
}
_DATED = {
    **worked_out.DATED,
    **money_columns.DATED,
    **stage_columns.DATED,
    "demand_share": demand_share.demand_share,
}
