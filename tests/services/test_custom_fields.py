"""The user's own fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.services.house import Services


def test_values_live_through_renaming_and_removing(services: Services) -> None:
    key = services.custom.add(Kind.COMPANY, " 注册 资本 ", FieldType.MONEY)
    company = services.records.create(Kind.COMPANY, {"name": "A", key: Decimal("5000.5")})
    services.custom.rename(Kind.COMPANY, key, "注册资本")
    assert [row.name for row in services.custom.of(Kind.COMPANY)] == ["注册资本"]
    services.custom.remove(Kind.COMPANY, key)
    assert services.custom.of(Kind.COMPANY) == []
    assert key not in {field.key for field in services.records.fields(Kind.COMPANY)}
    services.history.undo()
    assert key in services.records.card(Kind.COMPANY, company).values


def test_keys_are_never_used_again(services: Services) -> None:
    first = services.custom.add(Kind.PERSON, "a")
    services.custom.remove(Kind.PERSON, first)
    assert services.custom.add(Kind.PERSON, "a") != first


def test_names_are_given_once(services: Services) -> None:
    key = services.custom.add(Kind.PERSON, "a")
    services.custom.add(Kind.COMPANY, "a")
    for name in ("a", " "):
        with pytest.raises(Refused):
            services.custom.add(Kind.PERSON, name)
    services.custom.rename(Kind.PERSON, key, "a")
    with pytest.raises(Refused):
        services.custom.rename(Kind.PERSON, "custom.f99", "x")


def test_order(services: Services) -> None:
    keys = [services.custom.add(Kind.PERSON, name) for name in "abc"]
    services.custom.put_in_order(Kind.PERSON, keys[::-1])
    assert [row.name for row in services.custom.of(Kind.PERSON)] == ["c", "b", "a"]


def test_a_choice_gets_a_list_of_its_own(services: Services) -> None:
    services.custom.add(Kind.PERSON, "颜色", FieldType.CHOICE)
    (row,) = services.custom.of(Kind.PERSON)
    services.lists.add(row.list_key, "红")
    assert any(key == row.list_key for key in services.lists.keys())  # noqa: SIM118
    with pytest.raises(ValueError, match="link"):
        services.custom.add(Kind.PERSON, "x", FieldType.LINK)
    with pytest.raises(ValueError, match="cannot be"):
        services.custom.add(Kind.PERSON, "x", FieldType.BIRTHDAY)


def plan(services: Services, key: str) -> str:
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _u: object, statement: str, args: Any, _x: object, _m: bool) -> None:
        seen.append((statement, args))

    event.listen(services.book._readers, "before_cursor_execute", note)
    query = Query().also(Condition(key, Op.IS, "苏E123"))
    services.records.count(Kind.PERSON, query)
    event.remove(services.book._readers, "before_cursor_execute", note)
    statement, args = next(pair for pair in seen if "json_extract" in pair[0])
    with services.book.read() as session:
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", args)
        return " ".join(str(row[3]) for row in rows)


def test_a_searchable_field_has_an_index_that_filters_walk(services: Services) -> None:
    key = services.custom.add(Kind.PERSON, "车牌", searchable=True)
    person = services.records.create(Kind.PERSON, {"name": "A", key: "苏E123"})
    query = Query().also(Condition(key, Op.IS, "苏E123"))
    assert list(services.records.ids(Kind.PERSON, query)) == [person]
    assert "ix_custom_people" in plan(services, key)
    services.custom.set_searchable(Kind.PERSON, key, False)
    with services.book.read() as session:
        names = session.connection().exec_driver_sql("SELECT name FROM sqlite_master").scalars()
        assert not [name for name in names if name.startswith("ix_custom_people")]
    services.custom.set_searchable(Kind.PERSON, key, True)
    assert "ix_custom_people" in plan(services, key)
