"""What an import leaves beside its records is forgotten with whom it tells of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from crm_desktop.data import replay
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.payments import Stage
from crm_desktop.services.house import Services
from crm_desktop.services.imports import Wishes
from crm_desktop.services.mornings import prepare_mornings
from crm_desktop.words import Words
from tests.services import markers
from tests.services.markers import MARK, PHONE
from tests.services.test_erasing import digest, firm, where

__all__ = ["firm"]


def marked(services: Services) -> list[Ref]:
    """The people whose names hold a mark."""
    with services.book.read() as session:
        rows = session.connection().exec_driver_sql(
            f"SELECT id FROM people WHERE instr(name, '{MARK}')"
        )
        return [Ref(Kind.PERSON, row[0]) for row in rows]


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), "utf-8-sig")
    return path


def test_made_together_with_others_and_much_removed_since(firm: Services, tmp_path: Path) -> None:
    others = [f"张{n},1380000000{n},公司{n % 3},x" for n in range(8)]
    file = write(
        tmp_path / "名单.csv", "姓名,手机,公司,备注", *others, f"{MARK},{PHONE},公司1,{MARK}"
    )
    plan = firm.imports.preview(file).plan
    firm.imports.run(file, plan, Words("zh"))
    (ref,) = marked(firm)
    first = {"email": (f"{MARK}@x.cn",), "wechat": (MARK,), "birthday": Birthday(11, 22, 1980)}
    firm.records.update(Kind.PERSON, ref.id, first)
    firm.people.add_relation(ref.id, 1, note=MARK)
    firm.records.update(Kind.PERSON, ref.id, {"email": (), "wechat": (), "mobile": ()})
    for relation in firm.people.relations(ref.id):
        firm.people.remove_relation(relation.id)
    firm.activities.log(ref, f"{MARK} rang", "call")
    prepare_mornings(firm)
    assert list(markers.traces(where(firm)))
    firm.erasing.erase([ref])
    assert list(markers.traces(where(firm))) == []
    prepare_mornings(firm)
    firm.backups.make()
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_the_plan_of_payments_goes_with_the_company(firm: Services) -> None:
    company = firm.records.create(Kind.COMPANY, {"name": MARK})
    contract = firm.contracts.create({"title": f"{MARK} works", "company": company})
    firm.payments.add_stage(contract, Stage(MARK, date(2026, 12, 1), Decimal(5), note=MARK))
    prepare_mornings(firm)
    firm.erasing.erase([Ref(Kind.COMPANY, company)])
    prepare_mornings(firm)
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_where_what_hangs_on_a_person_came_from(firm: Services, tmp_path: Path) -> None:
    person = firm.records.create(Kind.PERSON, {"name": MARK, "mobile": (PHONE,)})
    for name, header, row in (
        (f"{MARK} days", "姓名,纪念日,日期", f"{PHONE},{MARK} day,5-20"),
        (f"{MARK} gifts", "收礼人,礼品名称,送礼日期", f"{PHONE},{MARK} tea,2026-01-20"),
    ):
        file = write(tmp_path / f"{name}.csv", header, row)
        assert firm.imports.run(file, firm.imports.preview(file).plan, Words("zh")).problems == []
        file.unlink()
    (day,) = firm.anniversaries.of(person)
    firm.anniversaries.remove(day.id)  # what is gone already leaves no file's name either
    ref = Ref(Kind.PERSON, person)
    assert sum(one.code == "parts_imported" for one in firm.timeline.of(ref)) == 1
    firm.erasing.erase([ref])
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_rows_left_out_of_a_file_that_bears_the_name(firm: Services, tmp_path: Path) -> None:
    people = ["姓名,手机", f"{MARK},{PHONE}", "张三,13800000001"]
    for name in ("others.csv", f"{MARK}.csv"):
        file = write(tmp_path / name, *people)
        plan = firm.imports.preview(file).plan
        firm.imports.run(file, plan, Words("zh"), wishes=Wishes(left_out={3}))
    assert sum(one.code == "rows_left_over" for one in firm.today.attention()) == 2
    prepare_mornings(firm)
    firm.erasing.erase(marked(firm))
    files = [Path(one.file).name for one in firm.today.attention() if one.code == "rows_left_over"]
    assert files == ["others.csv"]
    end = digest(firm)
    assert replay.rebuild(firm.book, tmp_path / "rebuilt.crm") == end
    prepare_mornings(firm)
    firm.close()
    assert list(markers.traces(where(firm))) == []


def test_what_a_word_of_a_column_became(firm: Services, tmp_path: Path) -> None:
    person = firm.records.create(Kind.PERSON, {"name": f"{MARK} anew"})
    file = write(tmp_path / f"{MARK}.csv", "商机名称,联系人,客户,金额", f"磨床,{MARK},恒远,100")
    plan = firm.imports.preview(file, kind="opportunities").plan
    for column in plan.columns:
        column.values = {"恒远": "恒远精密"}
        if column.header == "联系人":
            column.values = {f"{MARK} anew": "李娜", "小李": f"{MARK} anew"}
    firm.imports.mappings.save_layout("商机", plan)
    firm.imports.mappings.remember(plan, f"{MARK} anew.csv")
    plan.columns[2].values = {"恒远机械": "恒远精密"}
    firm.imports.mappings.remember(plan, f"{MARK} anew.csv")
    firm.history.undo()
    firm.history.redo()
    firm.erasing.erase([Ref(Kind.PERSON, person)])
    decided = firm.imports.mappings.remembered()[plan.fingerprint]["columns"]
    assert decided["客户"]["values"] == {"恒远机械": "恒远精密"}
    assert decided["联系人"].get("values", {}) == {}
    end = digest(firm)
    assert replay.rebuild(firm.book, tmp_path / "rebuilt.crm") == end
    assert firm.imports.mappings.layouts() == ("商机",)
    firm.close()
    assert list(markers.traces(where(firm))) == []
