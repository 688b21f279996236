"""What is decided on the page beyond the guess: words, policies, keys, layouts, problem rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.services.imports import IMPORT_KINDS, MATCH_KEYS
from crm_desktop.ui.imports.column_row import ColumnRow
from crm_desktop.ui.imports.page import COLUMNS, DONE, ImportPage
from crm_desktop.ui.widgets import ChoiceField
from crm_desktop.words import LANGUAGES, Words
from tests.ui.imports.test_page import rest, to_check

HEADER = ("客户名称", "联系人", "手机", "级别", "重要")
ROWS = (
    ("甲公司", "张伟", "13812345678", "特级", "有"),
    ("乙公司", "李娜", "13912345678", "特级", "不重要"),
    ("丙公司", None, "1371234", "某级", None),
    (None, None, "13600003333", None, None),
)


def make(path: Path, rows: Any = ROWS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *rows):
        sheet.append(row)
    book.save(path)
    return path


def to_columns(page: ImportPage, path: Path, qtbot: Any) -> None:
    page.open_file(path)
    rest(page, qtbot)
    page.next.click()
    assert page.step == COLUMNS


def row_of(page: ImportPage, header: str) -> ColumnRow:
    return next(row for row in page.columns_step.rows if row.column.header == header)


def choose(field: ChoiceField, value: str) -> None:
    """As the user does it."""
    index = next(i for i, option in enumerate(field._options) if option.value == value)
    field.setCurrentIndex(index)
    field.activated.emit(index)


def run(page: ImportPage, qtbot: Any) -> None:
    page.next.click()
    rest(page, qtbot)
    page.next.click()
    rest(page, qtbot)
    assert page.step == DONE


def test_problem_rows_are_saved_mended_and_taken_in(
    page: ImportPage, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    to_check(page, make(tmp_path / "名单.xlsx"), qtbot)
    assert page.check_step.save.isVisibleTo(page)
    page.next.click()
    rest(page, qtbot)
    assert page.step == DONE
    assert page.done_step.save.isVisibleTo(page)
    assert page.result is not None
    assert page.result.count(Outcome.FAILED) == 1
    out = tmp_path / "问题.xlsx"
    page.save_problems(out, page.result)
    rest(page, qtbot)
    book = openpyxl.load_workbook(out)
    sheet = book.active
    assert sheet is not None
    nameless = next(row for row in sheet.iter_rows(min_row=2) if row[2].value == "13600003333")
    nameless[1].value = "王芳"
    book.save(out)
    to_check(page, out, qtbot)
    assert page.columns_step.last_time.isVisibleTo(page.columns_step)
    page.next.click()
    rest(page, qtbot)
    assert page.result.count(Outcome.FAILED) == 0
    assert len(services.search.find("王芳", kinds=(Kind.PERSON,))) == 1


def test_no_button_where_all_is_well(page: ImportPage, tmp_path: Path, qtbot: Any) -> None:
    to_check(page, make(tmp_path / "名单.xlsx", ROWS[:1]), qtbot)
    assert not page.check_step.save.isVisibleTo(page)
    page.next.click()
    rest(page, qtbot)
    assert not page.done_step.save.isVisibleTo(page)


def test_words_of_a_column_get_items(
    page: ImportPage, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    to_columns(page, make(tmp_path / "名单.xlsx"), qtbot)
    row, step = row_of(page, "级别"), page.columns_step
    assert row.column.target == "company.level"
    row.more.click()
    panel = step.details
    assert panel is not None
    qtbot.waitUntil(lambda: bool(panel.words), timeout=20000)
    assert list(panel.words) == ["特级", "某级"]
    choice = panel.words["特级"]
    assert choice.value() == "特级"  # made when nothing is said
    first = choice._options[1].value
    choose(choice, first)
    choose(panel.words["某级"], "")
    assert row.column.values == {"特级": first, "某级": ""}
    rest(page, qtbot)
    assert row.words.isVisibleTo(step)
    assert row.words.text() == f"特级 → {first}, 某级 → Leave out"
    panel.dismiss()
    run(page, qtbot)
    assert page.result is not None
    assert page.result.new_items == {}


def test_words_of_a_tick(page: ImportPage, tmp_path: Path, qtbot: Any) -> None:
    to_columns(page, make(tmp_path / "名单.xlsx"), qtbot)
    row = row_of(page, "重要")
    row._target_changed("company.important")
    row.more.click()
    panel = page.columns_step.details
    assert panel is not None
    qtbot.waitUntil(lambda: bool(panel.words), timeout=20000)
    for word, answer in (("有", "yes"), ("不重要", "no")):
        choose(panel.words[word], answer)
    assert row.column.values["不重要"] == "no"
    panel.dismiss()
    run(page, qtbot)
    assert page.result is not None
    assert not any(one.column == "重要" for one in page.result.problems)


def test_policy_and_keys_are_in_the_plan_and_remembered(
    page: ImportPage, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    path = make(tmp_path / "名单.xlsx")
    to_columns(page, path, qtbot)
    assert not page.columns_step.last_time.isVisibleTo(page.columns_step)
    page.columns_step.bar.match.changed.emit(("mobile",))
    row = row_of(page, "手机")
    row.more.click()
    panel = page.columns_step.details
    assert panel is not None
    choose(panel.policy, "skip")
    panel.dismiss()
    run(page, qtbot)
    gestures = [one.title for one in services.history.gestures()]
    assert gestures[:2] == ["gesture.imported", "gesture.mapping_remembered"]
    to_columns(page, path, qtbot)
    assert page.draft is not None
    assert page.columns_step.last_time.isVisibleTo(page.columns_step)
    assert page.draft.plan.match == ["mobile"]
    assert page.columns_step.bar.match.value() == ("mobile",)
    assert row_of(page, "手机").column.existing == "skip"
    page.columns_step.anew_wished.emit()
    assert page.draft.plan.match == []
    assert row_of(page, "手机").column.existing == ""
    assert not page.columns_step.last_time.isVisibleTo(page.columns_step)


def test_an_untouched_guess_is_not_remembered(
    page: ImportPage, services: Services, make_book: Callable[..., Path], qtbot: Any
) -> None:
    to_check(page, make_book(), qtbot)
    page.next.click()
    rest(page, qtbot)
    assert services.imports.mappings.remembered() == {}


def test_layouts_are_saved_used_and_deleted(
    page: ImportPage, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    step = page.columns_step
    to_columns(page, make(tmp_path / "名单.xlsx"), qtbot)
    row_of(page, "手机")._target_changed("person.phone")
    step.bar.layouts.click()
    assert step.layouts is not None
    step.layouts.line.setText("展会")
    step.layouts.save.click()
    rest(page, qtbot)
    assert services.imports.mappings.layouts("people") == ("展会",)
    to_columns(page, make(tmp_path / "别的.xlsx"), qtbot)
    assert row_of(page, "手机").column.target == "person.mobile"
    step.bar.layouts.click()
    assert step.layouts is not None
    step.layouts.buttons["展会"].click()
    assert row_of(page, "手机").column.target == "person.phone"
    assert row_of(page, "手机").target.value() == "person.phone"
    step.bar.layouts.click()
    step.layouts.bins["展会"].click()
    rest(page, qtbot)
    assert services.imports.mappings.layouts() == ()


@pytest.mark.parametrize("kind", IMPORT_KINDS)
@pytest.mark.parametrize("sentence", ["kind", "no_name", "show"])
def test_every_kind_of_sheet_has_words(kind: str, sentence: str) -> None:
    for language in LANGUAGES:
        assert Words(language).text(f"import_page.{sentence}.{kind}")


@pytest.mark.parametrize("kind", IMPORT_KINDS)
def test_every_kind_shows_its_columns(
    page: ImportPage, tmp_path: Path, kind: str, qtbot: Any
) -> None:
    page.open_file(make(tmp_path / "名单.xlsx"))
    rest(page, qtbot)
    page.file_step.kind_chosen.emit(kind)
    page._show_step(COLUMNS)
    rest(page, qtbot)
    keys = MATCH_KEYS[IMPORT_KINDS[kind][0]]
    offered = [option.text for option in page.columns_step.bar.match._options]
    assert len(set(offered)) == len(keys)


def test_what_1_234_is_is_asked_where_nothing_says_so(
    page: ImportPage, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "deals.csv"
    file.write_text("Deal name;Account;Amount\nA;X;1.234\nB;X;12.500\n", "utf-8")
    page.open_file(file, kind="opportunities")
    rest(page, qtbot)
    page.next.click()
    assert page.draft is not None
    row = page.columns_step.rows[2]
    assert row.to_look_at
    assert page.columns_step.first_focus() is row.asking
    mark = row.asking
    assert (mark.value(), mark.count()) == ("", 3)
    mark.setCurrentIndex(1)
    mark.activated.emit(1)
    assert page.draft.plan.columns[2].options["decimal"] == "comma"
    assert not row.to_look_at


def test_what_days_gone_by_are_is_offered(page: ImportPage, tmp_path: Path, qtbot: Any) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("Company,Call date,Subject\nX,2024-05-06,One\n", "utf-8")
    page.open_file(file, kind="activities")
    rest(page, qtbot)
    page.next.click()
    assert page.draft is not None
    column = page.draft.plan.columns[1]
    assert (column.target, column.options["past"]) == ("activity.due", "done")
    row = page.columns_step.rows[1]
    past = row._date_choices().past
    assert not past.isHidden()
    assert past.value() == "done"
    past.setCurrentIndex(0)
    past.activated.emit(0)
    assert column.options["past"] == "planned"
