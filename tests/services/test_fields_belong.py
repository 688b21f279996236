"""Own fields that belong to product lines, kinds of companies or ways of selling."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crm_desktop.domain.belonging import fits
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.services.dumps import dump, make_book
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words


def shown(services: Services, kind: Kind, key: str, record_id: int) -> bool:
    """Whether the record fits what the field is tied to."""
    having = services.custom.having(Ref(kind, record_id))
    return fits(field(services, kind, key).only_for, having)


def field(services: Services, kind: Kind, key: str) -> Field:
    """The declaration of an own field."""
    return next(one for one in services.records.fields(kind) if one.key == key)


@pytest.fixture
def lines(services: Services) -> tuple[int, int]:
    """Two product lines."""
    return services.lists.add("product_line", "拖拉机"), services.lists.add(
        "product_line", "收割机"
    )


def test_a_company_fits_by_its_product_lines_and_kinds(
    services: Services, lines: tuple[int, int]
) -> None:
    tractors, combines = lines
    customer, agent = (
        services.lists.by_code("company_kind", code).id for code in ("customer", "agent")
    )
    key = services.custom.add(Kind.COMPANY, "马力", FieldType.INTEGER)
    company = services.records.create(Kind.COMPANY, {"name": "A"})
    assert shown(services, Kind.COMPANY, key, company)
    services.custom.limit(Kind.COMPANY, key, [tractors, combines, customer])
    (row,) = services.custom.of(Kind.COMPANY)
    assert set(row.only_for) == {tractors, combines, customer}
    for values, expected in (
        ({}, False),
        ({"product_lines": (combines,)}, False),
        ({"kinds": (customer, agent)}, True),
        ({"kinds": (agent,)}, False),
        ({"kinds": (customer,), "product_lines": ()}, False),
    ):
        services.records.update(Kind.COMPANY, company, values)
        assert shown(services, Kind.COMPANY, key, company) is expected, values
    services.history.undo()
    services.history.undo()
    assert shown(services, Kind.COMPANY, key, company)
    services.custom.limit(Kind.COMPANY, key, ())
    assert field(services, Kind.COMPANY, key).only_for == ()


def test_a_person_fits_by_the_company_they_work_at(
    services: Services, lines: tuple[int, int]
) -> None:
    tractors, _ = lines
    key = services.custom.add(Kind.PERSON, "驾照")
    services.custom.limit(Kind.PERSON, key, [tractors])
    person = services.records.create(Kind.PERSON, {"name": "张伟"})
    assert not shown(services, Kind.PERSON, key, person)
    company = services.records.create(Kind.COMPANY, {"name": "A", "product_lines": (tractors,)})
    services.records.update(Kind.PERSON, person, {"company": company})
    assert shown(services, Kind.PERSON, key, person)
    services.records.update(Kind.COMPANY, company, {"product_lines": ()})
    assert not shown(services, Kind.PERSON, key, person)


def test_an_opportunity_fits_by_its_pipeline_and_its_company(
    services: Services, lines: tuple[int, int]
) -> None:
    tractors, _ = lines
    key = services.custom.add(Kind.OPPORTUNITY, "招标编号")
    first = services.lists.items("pipeline")[0].id
    tender = services.lists.add("pipeline", "招投标")
    services.custom.limit(Kind.OPPORTUNITY, key, [tender])
    chance = services.records.create(Kind.OPPORTUNITY, {"title": "一台"})
    assert not shown(services, Kind.OPPORTUNITY, key, chance)
    services.opportunities.move(chance, services.lists.items("stage", parent_id=tender)[0].id)
    assert shown(services, Kind.OPPORTUNITY, key, chance)
    services.custom.limit(Kind.OPPORTUNITY, key, [tender, first, tractors])
    assert not shown(services, Kind.OPPORTUNITY, key, chance)
    company = services.records.create(Kind.COMPANY, {"name": "A", "product_lines": (tractors,)})
    services.records.update(Kind.OPPORTUNITY, chance, {"company": company})
    assert shown(services, Kind.OPPORTUNITY, key, chance)


def test_the_choice_is_one_gesture(services: Services, lines: tuple[int, int]) -> None:
    key = services.custom.add(Kind.COMPANY, "马力")
    services.custom.limit(Kind.COMPANY, key, lines)
    services.history.undo()
    assert field(services, Kind.COMPANY, key).only_for == ()
    services.history.redo()
    assert field(services, Kind.COMPANY, key).only_for == (("product_line", lines),)


def test_only_lists_that_say_something_about_the_kind(
    services: Services, lines: tuple[int, int]
) -> None:
    key = services.custom.add(Kind.COMPANY, "马力")
    level = services.lists.items("level")[0].id
    for items in ([level], [services.lists.items("pipeline")[0].id], [999_999]):
        with pytest.raises(ValueError, match="cannot belong"):
            services.custom.limit(Kind.COMPANY, key, items)
    ticket = services.custom.add(Kind.TICKET, "x")
    with pytest.raises(ValueError, match="cannot belong"):
        services.custom.limit(Kind.TICKET, ticket, lines)
    with pytest.raises(Refused):
        services.custom.limit(Kind.COMPANY, "custom.f999", lines)
    assert services.custom.having(Ref(Kind.TICKET, 1)) == {}


def test_a_value_of_a_list_that_is_retired_or_gone(
    services: Services, lines: tuple[int, int]
) -> None:
    tractors, _ = lines
    key = services.custom.add(Kind.COMPANY, "马力")
    company = services.records.create(Kind.COMPANY, {"name": "A", "product_lines": (tractors,)})
    services.custom.limit(Kind.COMPANY, key, [tractors])
    services.lists.set_active(tractors, False)
    assert shown(services, Kind.COMPANY, key, company)  # who has the line keeps the field
    late = services.lists.add("product_line", "播种机")
    added = services.history.gestures(1)[0].id
    services.custom.limit(Kind.COMPANY, key, [late])
    assert not shown(services, Kind.COMPANY, key, company)
    services.history.undo(added)
    assert field(services, Kind.COMPANY, key).only_for == ()  # what is no more limits nothing
    assert shown(services, Kind.COMPANY, key, company)


def test_what_does_not_fit_is_imported_filtered_found_and_looked_up_as_of_a_day(
    services: Services, clock: FixedClock, lines: tuple[int, int], tmp_path: Path
) -> None:
    tractors, _ = lines
    key = services.custom.add(Kind.COMPANY, "马力")
    services.custom.limit(Kind.COMPANY, key, [tractors])
    path = tmp_path / "firms.csv"
    path.write_text("公司名称,马力\n恒远精密机械有限公司,一百二十匹\n", encoding="utf-8-sig")
    plan = services.imports.preview(path, kind="companies").plan
    assert (plan.columns[1].target or "").endswith(key)
    services.imports.run(path, plan, Words("zh"))
    (company,) = services.records.ids(Kind.COMPANY)
    assert not shown(services, Kind.COMPANY, key, company)
    assert services.records.card(Kind.COMPANY, company).values[key] == "一百二十匹"
    query = Query().also(Condition(key, Op.IS, "一百二十匹"))
    assert list(services.records.ids(Kind.COMPANY, query)) == [company]
    assert [hit.id for hit in services.search.find("一百二十匹")] == [company]
    out = tmp_path / "out.csv"
    services.exports.export(Kind.COMPANY, out, Words("zh"))
    assert "一百二十匹" in out.read_text("utf-8-sig")
    day = clock.today()
    clock.moment += timedelta(days=3)
    services.records.update(Kind.COMPANY, company, {key: None})
    then = services.as_of.at(Ref(Kind.COMPANY, company), day)
    assert then.values[key] == "一百二十匹"


def test_a_book_made_of_a_dump_shows_fields_where_the_first_one_did(
    services: Services, lines: tuple[int, int], tmp_path: Path
) -> None:
    key = services.custom.add(Kind.COMPANY, "马力")
    services.custom.limit(Kind.COMPANY, key, lines)
    company = services.records.create(Kind.COMPANY, {"name": "A", "product_lines": lines[:1]})
    dump(services.book, tmp_path / "all.json")
    make_book(tmp_path / "all.json", tmp_path / "copy.crm", services.clock)
    with open_book(tmp_path / "copy.crm", services.clock) as book:
        again = Services(book, services.clock, services.home)
        assert field(again, Kind.COMPANY, key).only_for == (("product_line", lines),)
        assert shown(again, Kind.COMPANY, key, company)
        again.history.undo()
        again.history.undo()
        assert field(again, Kind.COMPANY, key).only_for == ()


def test_merged_companies_keep_what_both_fields_held(
    services: Services, lines: tuple[int, int]
) -> None:
    tractors, combines = lines
    one, other = (services.custom.add(Kind.COMPANY, name) for name in ("马力", "割幅"))
    services.custom.limit(Kind.COMPANY, one, [tractors])
    services.custom.limit(Kind.COMPANY, other, [combines])
    first = services.records.create(
        Kind.COMPANY, {"name": "A", "product_lines": (tractors,), one: "120"}
    )
    second = services.records.create(
        Kind.COMPANY, {"name": "A", "product_lines": (combines,), other: "4 m"}
    )
    services.merging.merge(Kind.COMPANY, first, [second])
    values = services.records.card(Kind.COMPANY, first).values
    assert (values[one], values[other]) == ("120", "4 m")
    assert shown(services, Kind.COMPANY, one, first)


def test_which_fields_belong_to_an_item(services: Services, lines: tuple[int, int]) -> None:
    tractors, combines = lines
    for kind, name in ((Kind.COMPANY, "马力"), (Kind.PERSON, "驾照")):
        services.custom.limit(kind, services.custom.add(kind, name), [tractors])
    assert sorted(services.custom.tied_to(tractors)) == ["马力", "驾照"]
    assert services.custom.tied_to(combines) == []
