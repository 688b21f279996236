"""The journal's triggers, and the tables they refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Float, ForeignKey, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.types import TypeEngine

from crm_desktop.data.engines.sqlite import check_metadata
from crm_desktop.data.journal import RowChange, changes_of_row
from crm_desktop.data.net import fold
from crm_desktop.data.tables import METADATA as PRODUCT
from crm_desktop.data.tables.base import role_of
from crm_desktop.data.types import Day, JsonText, Scaled, UtcStamp
from crm_desktop.domain.uid import uid7

SQLITE = dialect.dialect()


def table(*columns: Column[object], autoincrement: bool = True) -> MetaData:
    metadata = MetaData()
    Table(
        "t",
        metadata,
        Column("id", Integer, primary_key=True),
        *columns,
        info={"role": "journalled"},
        sqlite_autoincrement=autoincrement,
    )
    return metadata


@pytest.mark.parametrize("kind", [Float(), LargeBinary()])
def test_types_that_do_not_survive_exactly_are_refused(kind: TypeEngine[object]) -> None:
    with pytest.raises(ValueError, match="does not survive"):
        check_metadata(table(Column("x", kind)))


def test_tables_that_would_leave_a_hole_are_refused() -> None:
    with pytest.raises(ValueError, match="used again"):
        check_metadata(table(autoincrement=False))
    with pytest.raises(ValueError, match="derived"):
        check_metadata(table(Column("k", String, nullable=False, info={"derived": True})))
    metadata = table(Column("code", String, unique=True))
    Table(
        "u",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("t_code", ForeignKey("t.code")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with pytest.raises(ValueError, match="refer to"):
        check_metadata(metadata)
    with pytest.raises(ValueError, match="no role"):
        role_of(Table("v", MetaData()))


def test_the_tables_of_the_product_can_be_journalled() -> None:
    check_metadata(PRODUCT)


def test_a_gesture_folds_to_its_net_effect() -> None:
    def change(row: int, kind: str, before: object, after: object) -> RowChange:
        return RowChange(1, "t", row, kind, before, after)  # type: ignore[arg-type]

    net = fold(
        [
            change(1, "I", None, {"a": 1, "b": 1}),
            change(1, "U", {"a": 1}, {"a": 2}),
            change(2, "I", None, {"a": 1}),
            change(2, "D", {"a": 1}, None),
            change(3, "U", {"a": 1}, {"a": 2}),
            change(3, "U", {"a": 2, "b": 5}, {"a": 3, "b": 6}),
            change(3, "D", {"a": 3, "b": 6, "c": 9}, None),
            change(3, "I", None, {"a": 1, "b": 7, "c": 9}),
        ]
    )["t"]
    assert (net[1].before, net[1].after) == (None, {"a": 2, "b": 1})
    assert 2 not in net
    assert net[3].before == {"a": 1, "b": 5, "c": 9}
    assert net[3].changed() == ["b"]
    assert changes_of_row.__doc__


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
def test_scaled_numbers_come_back_exactly(value: Decimal) -> None:
    kept = Scaled(4).process_bind_param(value, SQLITE)
    assert Scaled(4).process_result_value(kept, SQLITE) == value


@pytest.mark.parametrize("value", ["0.001", "NaN", "Infinity", "1e17"])
def test_scaled_numbers_refuse_what_they_would_lose(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Scaled(2).process_bind_param(Decimal(value), SQLITE)
    with pytest.raises(TypeError):
        Scaled(2).process_bind_param(0.1, SQLITE)  # type: ignore[arg-type]


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_stamps_sort_as_text(one: datetime, other: datetime) -> None:
    kept = [UtcStamp().process_bind_param(moment, SQLITE) or "" for moment in (one, other)]
    assert (kept[0] < kept[1]) == (one < other)
    assert UtcStamp().process_result_value(kept[0], SQLITE) == one


def test_types_refuse_what_is_not_theirs() -> None:
    with pytest.raises(TypeError):
        Day().process_bind_param(datetime(2026, 3, 1, tzinfo=UTC), SQLITE)
    assert Day().process_bind_param(date(2026, 3, 1), SQLITE) == "2026-03-01"
    with pytest.raises(ValueError, match="zone"):
        UtcStamp().process_bind_param(datetime(2026, 3, 1), SQLITE)
    assert JsonText().process_bind_param({"b": 1, "a": "张"}, SQLITE) == '{"a":"张","b":1}'


def test_identities_sort_in_the_order_they_were_made() -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    made = [uid7(moment) for _ in range(5_000)]
    assert made == sorted(set(made))
    assert {uid[14] for uid in made} == {"7"}
