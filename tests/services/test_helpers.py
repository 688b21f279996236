"""Our people who help with activities and opportunities: like every other field of those."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.parts import Helper
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.exchange.mapping import Existing
from crm_desktop.services.dumps import dump, make_book
from crm_desktop.services.house import Services, open_book
from crm_desktop.words import Words
from tests.services.roundtrip.sheets import Sheet
from tests.services.test_imports import digest, workbook

EN = Words("en")
KINDS = {Kind.ACTIVITY: "subject", Kind.OPPORTUNITY: "title"}
both_kinds = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def staff(services: Services) -> dict[str, int]:
    """Three of our people by name."""
    names = ("Han", "Lin", "Mo")
    return {name: services.records.create(Kind.STAFF, {"name": name}) for name in names}


def made(services: Services, kind: Kind, name: str, *helpers: int, **more: Any) -> int:
    parts = tuple(map(Helper, helpers))
    return services.records.create(kind, {KINDS[kind]: name, "helpers": parts, **more})


def helpers(services: Services, kind: Kind, record_id: int) -> list[str]:
    parts = services.records.card(kind, record_id).values["helpers"]
    assert all(isinstance(one, Helper) for one in parts)
    return [one.what.title for one in parts]


def found(services: Services, kind: Kind, *conditions: Condition, any_of: bool = False) -> set[int]:
    query = Query(where=Group(conditions, any_of))
    return set(services.records.ids(kind, query))


@both_kinds
def test_helpers_are_set_in_their_order_and_undone(
    services: Services, staff: dict[str, int], kind: Kind
) -> None:
    record = made(services, kind, "Visit")
    before = digest(services)
    several = (Helper(staff["Lin"]), Helper(staff["Han"]), Helper(staff["Lin"]))
    services.records.update(kind, record, {"helpers": several})
    assert helpers(services, kind, record) == ["Lin", "Han"]  # nobody helps twice
    after = digest(services)
    services.history.undo()
    assert (digest(services), helpers(services, kind, record)) == (before, [])
    services.history.redo()
    assert digest(services) == after


@both_kinds
def test_a_helper_is_one_of_our_people(
    services: Services, staff: dict[str, int], kind: Kind
) -> None:
    with pytest.raises(Refused, match=r"record\.check"):
        services.records.create(kind, {KINDS[kind]: "Visit", "helpers": (Helper(None),)})
    with pytest.raises(TypeError):
        services.records.create(kind, {KINDS[kind]: "Visit", "helpers": ("Han",)})


@both_kinds
def test_lists_filter_and_sort_by_helper(
    services: Services, staff: dict[str, int], kind: Kind
) -> None:
    han, lin, mo = staff.values()
    two = made(services, kind, "Two", lin, han)
    one = made(services, kind, "One", han, in_charge=lin)
    none = made(services, kind, "None", in_charge=mo)
    is_ = [Condition("helpers", Op.IS, each) for each in (han, lin, mo)]
    assert [found(services, kind, each) for each in is_] == [{two, one}, {two}, set()]
    assert found(services, kind, is_[0], is_[1]) == {two}
    assert found(services, kind, is_[0], is_[1], any_of=True) == {two, one}
    assert found(services, kind, Condition("helpers", Op.ANY_OF, (lin, mo))) == {two}
    assert found(services, kind, Condition("helpers", Op.IS_NOT, lin)) == {one, none}
    assert found(services, kind, Condition("helpers", Op.EMPTY)) == {none}
    assert found(services, kind, Condition("helpers", Op.FILLED)) == {two, one}
    # What is mine: in charge of it, or helping.
    mine = (Condition("in_charge", Op.ANY_OF, (lin,)), is_[1])
    assert found(services, kind, *mine, any_of=True) == {two, one}
    by_helper = Query(order=(("helpers", False),))
    assert list(services.records.ids(kind, by_helper)) == [one, two, none]


@both_kinds
def test_many_get_a_helper_beside_those_they_have(
    services: Services, staff: dict[str, int], kind: Kind
) -> None:
    han, lin, mo = staff.values()
    records = [made(services, kind, "A", lin), made(services, kind, "B", han)]
    records.append(made(services, kind, "C"))
    before = digest(services)
    services.records.add_parts(kind, records, "helpers", (Helper(han), Helper(mo)))
    assert [helpers(services, kind, each) for each in records] == [
        ["Lin", "Han", "Mo"],
        ["Han", "Mo"],
        ["Han", "Mo"],
    ]
    services.history.undo()
    assert digest(services) == before
    services.records.update(kind, records, {"helpers": (Helper(mo),)})
    assert [helpers(services, kind, each) for each in records] == [["Mo"]] * 3
    services.records.update(kind, records, {"helpers": None})
    assert found(services, kind, Condition("helpers", Op.EMPTY)) == set(records)


@both_kinds
def test_the_timeline_and_the_past_tell_them(
    services: Services, staff: dict[str, int], clock: FixedClock, kind: Kind
) -> None:
    han, lin, _ = staff.values()
    record = made(services, kind, "Visit", han)
    then = clock.today()
    clock.moment += timedelta(days=2)
    services.records.update(kind, record, {"helpers": (Helper(lin),), "tags": ("hot",)})
    clock.moment += timedelta(days=1)
    services.records.update(kind, record, {"helpers": ()})
    told = [
        {one.key: (one.before, one.after) for one in entry.changes}
        for entry in services.timeline.of(Ref(kind, record))
        if entry.code == "changed"
    ]
    first, second = Helper(Ref(Kind.STAFF, han, "Han")), Helper(Ref(Kind.STAFF, lin, "Lin"))
    assert told == [
        {"helpers": ((second,), ())},
        {"helpers": ((first,), (second,)), "tags": ((), ("hot",))},
    ]
    was = services.as_of.at(Ref(kind, record), then).values["helpers"]
    assert [one.what.title for one in was] == ["Han"]
    assert services.as_of.restore(Ref(kind, record), then, ["helpers"])
    assert helpers(services, kind, record) == ["Han"]


def test_products_of_an_opportunity_are_in_its_timeline_too(services: Services) -> None:
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "Line"})
    services.opportunities.propose(deal, "Cabinet")
    (changes,) = [
        entry.changes
        for entry in services.timeline.of(Ref(Kind.OPPORTUNITY, deal))
        if entry.code == "changed"
    ]
    ((change),) = [one for one in changes if one.key == "products"]
    assert (change.before, [one.what.title for one in change.after]) == ((), ["Cabinet"])


@both_kinds
def test_who_has_left_stays_where_he_helped_and_is_offered_no_more(
    services: Services, staff: dict[str, int], clock: FixedClock, kind: Kind
) -> None:
    record = made(services, kind, "Visit", staff["Han"])
    today = clock.today()
    change = services.records.update
    change(Kind.STAFF, staff["Han"], {"active_to": today - timedelta(days=1), "team": "East"})
    change(Kind.STAFF, staff["Lin"], {"active_to": today, "team": "East", "branch": "Suzhou"})
    change(Kind.STAFF, staff["Mo"], {"active_from": today + timedelta(days=1)})

    def offered(text: str, *, present: bool) -> list[tuple[str, str]]:
        hits = services.records.find_links(Kind.STAFF, text, present=present)
        return sorted((one.ref.title, one.subtitle) for one in hits)

    everybody = [("Han", "East"), ("Lin", "East · Suzhou"), ("Mo", "")]
    assert offered("", present=True) == [("Lin", "East · Suzhou")]
    assert offered("", present=False) == everybody
    assert offered("han", present=True) == []
    assert offered("lin", present=True) == [("Lin", "East · Suzhou")]
    assert offered("han", present=False) == [("Han", "East")]
    services.records.trash(Kind.STAFF, staff["Han"])
    assert helpers(services, kind, record) == ["Han"]
    assert found(services, kind, Condition("helpers", Op.IS, staff["Han"])) == {record}


def test_they_go_to_the_trash_with_their_record_and_come_back(
    services: Services, staff: dict[str, int]
) -> None:
    deal = made(services, Kind.OPPORTUNITY, "Line", staff["Han"])
    visit = made(services, Kind.ACTIVITY, "Visit", staff["Lin"], opportunity=deal)
    services.records.trash(Kind.OPPORTUNITY, deal)
    helped = Condition("helpers", Op.FILLED)
    assert not found(services, Kind.ACTIVITY, helped)
    services.records.restore(Kind.OPPORTUNITY, deal)
    assert found(services, Kind.ACTIVITY, helped) == {visit}
    assert helpers(services, Kind.OPPORTUNITY, deal) == ["Han"]


def test_records_of_merged_customers_keep_them_and_part_again(
    services: Services, staff: dict[str, int]
) -> None:
    one, other = (services.records.create(Kind.COMPANY, {"name": name}) for name in ("A", "B"))
    deal = made(services, Kind.OPPORTUNITY, "Line", staff["Han"], company=other)
    before = digest(services)
    services.merging.merge(Kind.COMPANY, one, [other])
    assert helpers(services, Kind.OPPORTUNITY, deal) == ["Han"]
    services.history.undo()
    assert digest(services) == before


# Files


@pytest.mark.parametrize(
    ("word", "header", "target"),
    [
        ("opportunities", ["商机名称", "客户", "负责人", "协办人"], "opportunity.helpers"),
        ("opportunities", ["Opportunity name", "Account", "Owner", "Helpers"],
         "opportunity.helpers"),
        ("activities", ["跟进主题", "客户", "负责人", "协助人"], "activity.helpers"),
        ("activities", ["跟进主题", "客户", "负责人", "陪同人员"], "activity.helpers"),
    ],
)  # fmt: skip
def test_a_column_of_helpers_is_read_name_by_name(
    services: Services,
    tmp_path: Path,
    staff: dict[str, int],
    word: str,
    header: list[str],
    target: str,
) -> None:
    rows = [
        ["Line 1", "Acme", "Mo", "Han、lin"],
        ["Line 2", "Acme", "Mo", "Han, Zhao；Han/Qian"],
        ["Line 3", "Acme", None, None],
    ]
    file = workbook(tmp_path / "list.xlsx", rows, header)
    plan = services.imports.preview(file, kind=word).plan
    assert plan.columns[-1].target == target
    told = services.imports.words_of(file, plan, plan.columns[-1], EN)
    assert {(one.text, one.becomes) for one in told} == {
        ("Zhao", ""), ("Qian", ""), ("Han", "Han"), ("lin", "Lin"),
    }  # fmt: skip
    kind = Kind(target.partition(".")[0])
    before = digest(services)
    checked = services.imports.check(file, plan, EN)
    report = services.imports.run(file, plan, EN)
    assert checked.by_kind == report.by_kind
    assert not report.problems
    names = sorted(helpers(services, kind, one) for one in services.records.ids(kind))
    assert names == [[], ["Han", "Lin"], ["Han", "Zhao", "Qian"]]
    assert services.records.count(Kind.STAFF) == 5  # those nobody knew were made
    again = services.imports.run(file, plan, EN)
    assert (again.by_kind, again.gesture) == ({}, None)
    services.history.undo()
    assert digest(services) == before
    # What the user says a name means, and names he wants left out.
    plan.columns[-1].values["Zhao"] = "Lin"
    plan.columns[-1].options["missing"] = "leave"
    report = services.imports.run(file, plan, EN)
    names = sorted(helpers(services, kind, one) for one in services.records.ids(kind))
    assert names == [[], ["Han", "Lin"], ["Han", "Lin"]]
    assert services.records.count(Kind.STAFF) == 3
    assert [one.args["value"] for one in report.problems] == ["Qian"]


def test_a_file_adds_helpers_to_those_there(
    services: Services, tmp_path: Path, staff: dict[str, int]
) -> None:
    deal = made(services, Kind.OPPORTUNITY, "Line", staff["Mo"], staff["Han"])
    file = workbook(tmp_path / "list.xlsx", [["Line", "Han; Lin"]], ["商机名称", "协办人"])
    for existing in (Existing.FILL, Existing.OVERWRITE):
        plan = services.imports.preview(file, kind="opportunities").plan
        plan.existing = existing
        report = services.imports.run(file, plan, EN)
        assert not report.problems
        assert helpers(services, Kind.OPPORTUNITY, deal) == ["Mo", "Han", "Lin"]


@both_kinds
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_exported_and_imported_into_another_book_they_are_the_same(
    services: Services, tmp_path: Path, staff: dict[str, int], kind: Kind, ending: str
) -> None:
    odd = services.records.create(Kind.STAFF, {"name": 'Smith, "Bo"'})
    made(services, kind, "Visit", odd, staff["Han"])
    made(services, kind, "Alone")
    path = tmp_path / f"list.{ending}"
    services.exports.export(kind, path, EN)
    with open_book(tmp_path / "other.crm", services.clock) as book:
        other = Services(book, services.clock, services.home)
        report = other.imports.run(path, other.imports.preview(path).plan, EN)
        assert not report.problems
        names = sorted(helpers(other, kind, one) for one in other.records.ids(kind))
        assert names == [[], ['Smith, "Bo"', "Han"]]


@both_kinds
def test_back_from_excel_only_edited_helpers_change(
    services: Services, tmp_path: Path, staff: dict[str, int], kind: Kind
) -> None:
    record = made(services, kind, "Visit", staff["Han"], staff["Lin"])
    path = tmp_path / "list.xlsx"
    services.exports.export(kind, path, EN)
    assert services.round_trips.preview(path, EN).empty
    sheet = Sheet(path, kind)
    assert sheet.get(2, "helpers") == "Han; Lin"
    sheet.put(2, "helpers", "Lin, Mo")
    trip = services.round_trips.preview(sheet.save(), EN)
    assert [(one.key, one.new) for one in trip.cells] == [("helpers", "Lin; Mo")]
    services.round_trips.apply(trip)
    assert helpers(services, kind, record) == ["Lin", "Mo"]
    assert services.round_trips.preview(path, EN).empty


def test_a_dump_makes_an_equal_book(
    services: Services, tmp_path: Path, staff: dict[str, int]
) -> None:
    for kind in KINDS:
        made(services, kind, "Visit", *staff.values())
    dump(services.book, tmp_path / "book.json")
    make_book(tmp_path / "book.json", tmp_path / "copy.crm", services.clock)
    with open_book(tmp_path / "copy.crm", services.clock) as copied:
        assert digest(Services(copied, services.clock, services.home)) == digest(services)


def test_a_customer_erased_takes_the_helpers_of_his_records_along(
    services: Services, staff: dict[str, int]
) -> None:
    person = services.records.create(Kind.PERSON, {"name": "Ada"})
    made(services, Kind.ACTIVITY, "Visit", staff["Han"], person=person)
    services.records.trash(Kind.PERSON, person)
    services.erasing.erase([Ref(Kind.PERSON, person)])
    assert services.records.count(Kind.STAFF) == 3
    with services.book.read() as session:
        left = session.connection().exec_driver_sql("SELECT count(*) FROM activity_helpers")
        assert left.scalar() == 0


def test_the_day_somebody_left_is_a_day(services: Services, staff: dict[str, int]) -> None:
    services.records.update(Kind.STAFF, staff["Han"], {"active_to": date(2026, 5, 1)})
    query = Query().also(Condition("active_to", Op.BEFORE, date(2026, 6, 1)))
    assert list(services.records.ids(Kind.STAFF, query)) == [staff["Han"]]
