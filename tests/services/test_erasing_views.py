"""Saved views, notices and layouts of imports name nobody who was erased for good."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.data import replay
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Group, Op, Query
from crm_desktop.domain.views import View
from crm_desktop.services.house import Services
from crm_desktop.services.mornings import prepare_mornings
from tests.services import markers
from tests.services.markers import MARK, PHONE
from tests.services.test_erasing import digest, firm, where
from tests.services.test_erasing_imports import write

__all__ = ["firm"]

CITY = Condition("city", Op.IS, "苏州")


def named(text: str, key: str = "name", op: Op = Op.CONTAINS) -> Condition:
    return Condition(key, op, text)


def view(*conditions: Condition | Group, text: str = "", any_of: bool = False) -> View:
    return View(Query(Group(conditions, any_of), text=text), ("name", "city"), {"name": 150})


def person(firm: Services, name: str = MARK) -> Ref:
    values = {"name": name, "mobile": (PHONE,), "email": (f"{name}@post.example",)}
    return Ref(Kind.PERSON, firm.records.create(Kind.PERSON, values), name)


def test_conditions_that_name_them_go_and_all_else_stays(firm: Services, tmp_path: Path) -> None:
    ref = person(firm)
    mail = named(f"{MARK}@post.example", "email", Op.IS)
    inner = Group((named(PHONE[-8:], "mobile"), CITY), any_of=True)
    mixed = firm.views.add(Kind.PERSON, "重点", view(inner, CITY, mail, text=f"{MARK} 苏州"))
    other = firm.views.add(Kind.PERSON, "苏州", view(CITY, named("李")))
    firm.views.replace(other, view(CITY, named(MARK.lower())))
    firm.views.replace(other, view(CITY))
    outlook = firm.erasing.outlook([ref])
    assert set(outlook.views) == {"重点"}
    done = firm.erasing.erase([ref])
    assert done.views == 1
    kept = {one.id: one for one in firm.views.all()}
    assert kept[mixed].view == view(Group((CITY,), any_of=True), CITY)
    assert kept[mixed].name == "重点"
    assert kept[other].view == view(CITY)
    assert replay.rebuild(firm.book, tmp_path / "rebuilt.crm") == digest(firm)
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_a_view_of_them_alone_goes_and_one_called_so_gets_another_name(
    firm: Services, tmp_path: Path
) -> None:
    ref = person(firm)
    alone = firm.views.add(Kind.PERSON, f"{MARK} only", view(named(MARK)))
    sought = firm.views.add(Kind.PERSON, "Sought", view(text=PHONE))
    called = firm.views.add(Kind.COMPANY, f"{MARK} city", view(CITY))
    trashed = firm.views.add(Kind.COMPANY, f"{MARK} old", view(named(MARK), CITY))
    once = firm.views.add(Kind.COMPANY, f"{MARK} once", view())
    firm.views.remove(trashed)
    firm.views.rename(once, "Everybody")
    firm.views.add(Kind.PERSON, f"{MARK} undone", view(named(MARK)))
    firm.history.undo()
    before = firm.history.gestures()[0].id
    firm.erasing.erase([ref])
    kept = {one.id: one.name for one in firm.views.all()}
    assert kept == {called: f"*** {called}", once: "Everybody"}
    assert {alone, sought}.isdisjoint(kept)
    assert firm.history.undoable() is not None
    assert before < firm.history.gestures()[0].id
    assert replay.rebuild(firm.book, tmp_path / "rebuilt.crm") == digest(firm)
    while firm.history.undoable():
        firm.history.undo()
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_what_only_resembles_them_stays_in_the_views_of_the_firm(firm: Services) -> None:
    """Of a draft a guess is enough; a view is work of the firm, and there is no undo."""
    company = firm.records.create(Kind.COMPANY, {"name": "苏州恒远精密机械有限公司"})
    worker = firm.records.create(Kind.PERSON, {"name": "张伟明", "mobile": ("13911112222",)})
    spoken = firm.views.add(Kind.PERSON, "Spoken", view(CITY, named("zhang weiming")))
    kept = view(CITY, named("苏州"), named("张"), named("机械"), named("139", "mobile"))
    firm.views.add(Kind.COMPANY, "苏州", kept)
    firm.erasing.erase([Ref(Kind.COMPANY, company), Ref(Kind.PERSON, worker)])
    views = {one.id: one.view for one in firm.views.all()}
    assert views.pop(spoken) == view(CITY)
    assert list(views.values()) == [kept]


def test_a_notice_about_them_goes_and_no_other(firm: Services, tmp_path: Path) -> None:
    ref = person(firm)
    firm.notices.add(f"{MARK} comes on Friday")
    said = firm.notices.add(f"Call {MARK}")
    firm.notices.change(said, "Call the bank")
    firm.notices.add("Stocktaking")
    firm.notices.remove(firm.notices.add(f"{PHONE} rang"))
    assert firm.erasing.outlook([ref]).goes[Kind.NOTICE] == 2
    firm.erasing.erase([ref])
    assert {one.text for one in firm.notices.current()} == {"Call the bank", "Stocktaking"}
    assert replay.rebuild(firm.book, tmp_path / "rebuilt.crm") == digest(firm)
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_layouts_columns_and_words_of_imports(firm: Services, tmp_path: Path) -> None:
    ref = person(firm)
    file = write(tmp_path / "sheet.csv", f"商机名称,客户,{MARK}", "磨床,恒远,100")
    plan = firm.imports.preview(file, kind="opportunities").plan
    for column in plan.columns:
        column.values = {PHONE: "恒远精密", "恒远": "恒远精密", f"{MARK}@post.example": "x"}
    firm.imports.mappings.save_layout(f"{MARK} deals", plan)
    firm.imports.mappings.save_layout("商机", plan)
    firm.imports.mappings.remember(plan, "sheet.csv")
    firm.erasing.erase([ref])
    assert firm.imports.mappings.layouts() == ("商机",)
    (decided,) = firm.imports.mappings.remembered().values()
    assert list(decided["columns"]) == ["商机名称", "客户"]
    assert decided["columns"]["客户"]["values"] == {"恒远": "恒远精密"}
    assert replay.rebuild(firm.book, tmp_path / "rebuilt.crm") == digest(firm)
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_made_anonymous_they_are_in_no_view_either(firm: Services) -> None:
    ref = person(firm)
    firm.views.add(Kind.PERSON, f"{MARK} only", view(named(MARK)))
    firm.notices.add(f"{MARK} comes on Friday")
    assert firm.erasing.anonymise([ref]).views == 1
    assert firm.views.all() == []
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_the_trash_emptied_of_what_is_no_customer_leaves_views_alone(firm: Services) -> None:
    deal = firm.records.create(Kind.OPPORTUNITY, {"title": "磨床", "company": 1})
    firm.views.add(Kind.OPPORTUNITY, "磨床", view(named("磨床", "title")))
    firm.records.trash(Kind.OPPORTUNITY, deal)
    firm.erasing.empty_trash()
    assert [one.name for one in firm.views.all()] == ["磨床"]


def test_what_is_packed_for_the_coming_mornings_goes_too(firm: Services) -> None:
    ref = person(firm)
    firm.activities.plan(ref, MARK, Due(firm.clock.today(), None, "Asia/Shanghai"), "call")
    prepare_mornings(firm)
    assert any("packed" in trace for trace in markers.traces(where(firm)))
    firm.erasing.erase([ref])
    assert list(markers.traces(where(firm))) == []
    prepare_mornings(firm)
    firm.close()
    assert list(markers.traces(where(firm))) == []
