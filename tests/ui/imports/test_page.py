"""Whole imports by the page: file, columns, check, done, undo, refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from crm_desktop.domain import schema
from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, from_plain
from crm_desktop.exchange.mapping import Existing
from crm_desktop.services.house import Services
from crm_desktop.settings import Settings
from crm_desktop.ui.formats import moment_text
from crm_desktop.ui.imports.lines import COLUMNS as LINE_COLUMNS
from crm_desktop.ui.imports.lines import TEXT
from crm_desktop.ui.imports.naming import sheet_kind_words
from crm_desktop.ui.imports.page import CHECK, COLUMNS, DONE, FILE, ImportPage
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.table.conditions import sentence
from crm_desktop.ui.view_state import ViewState
from crm_desktop.ui.widgets.keyboard import next_in_chain
from tests.ui.imports.hands import sheet


def rest(page: ImportPage, qtbot: Any) -> None:
    """Until the page works no more."""
    jobs = page.context.jobs
    qtbot.waitUntil(
        lambda: jobs.idle and page._job is None and not page._mend.isActive(), timeout=20000
    )


def to_check(page: ImportPage, path: Path, qtbot: Any) -> None:
    """Open a file and accept the guesses."""
    page.open_file(path)
    rest(page, qtbot)
    page.next.click()
    page.next.click()
    qtbot.waitUntil(lambda: page.step == CHECK, timeout=20000)
    rest(page, qtbot)


def shown(page: ImportPage) -> Place:
    """Where "Show the people" leads."""
    wished: list[Place] = []
    page.go = wished.append  # type: ignore[assignment, method-assign]
    page.done_step.show_button.click()
    return wished[0]


def people(services: Services) -> int:
    return services.records.count(Kind.PERSON)


def test_a_whole_import_and_its_undo(
    page: ImportPage, services: Services, make_book: Callable[..., Path], qtbot: Any
) -> None:
    page.open_file(make_book())
    rest(page, qtbot)
    assert page.step == FILE
    assert page.draft is not None
    assert page.file_step.header.value() == 2
    assert page.file_step.kind.value() == "people"
    page.next.click()
    assert page.step == COLUMNS
    assert [row.target.value() for row in page.columns_step.rows][:3] == [
        "company.name",
        "person.name",
        "person.mobile",
    ]
    page.next.click()
    qtbot.waitUntil(lambda: page.step == CHECK, timeout=20000)
    assert page.check_step.counts == {"ready": 2, "note": 1}
    assert people(services) == 0  # a check writes nothing
    assert page.next.text() == "Import 3 rows"
    page.next.click()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20000)
    assert page.result is not None
    assert people(services) == 3
    assert services.records.count(Kind.COMPANY) == 2
    outcomes = page.result.outcomes
    assert page.result.rows == sum(outcomes.values()) == 3
    place = shown(page)
    assert place.page == "contacts"
    only_new = from_plain(json.loads(place.wish("query")))
    assert services.records.count(Kind.PERSON, only_new) == 3
    (made,) = only_new.where.conditions
    assert isinstance(made, Condition)
    now = services.clock.local_now()
    said = sentence(services, Kind.PERSON, schema.find(Kind.PERSON, made.key), made)
    assert said == tr("table.says.import", value=moment_text(now, now.date()))
    page.done_step.undo.click()
    qtbot.waitUntil(lambda: page.done_step.undone != "", timeout=20000)
    assert people(services) == services.records.count(Kind.COMPANY) == 0
    assert not page.done_step.undo.isVisible()


def test_the_same_file_again_adds_nothing(
    page: ImportPage, services: Services, make_book: Callable[..., Path], qtbot: Any
) -> None:
    path = make_book()
    to_check(page, path, qtbot)
    page.run()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20000)
    to_check(page, path, qtbot)
    assert page.check_step.counts["here"] == 3
    assert not page.next.isEnabled()
    assert people(services) == 3


def test_a_value_is_mended_in_place(
    page: ImportPage, services: Services, make_book: Callable[..., Path], qtbot: Any
) -> None:
    to_check(page, make_book(), qtbot)
    step = page.check_step
    assert [line.text for line in step.model.lines] == ["not an address"]
    index = step.model.index(0, TEXT)
    assert step.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    step.edit.click()
    editor = step.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "wang@example.com")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: step.counts == {"ready": 3}, timeout=20000)
    rest(page, qtbot)
    page.next.click()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20000)
    ids = services.records.ids(Kind.PERSON)
    mails = [row.values[0] for row in services.records.rows(Kind.PERSON, ids, ["email"])]
    assert ("wang@example.com",) in mails


@pytest.mark.parametrize("column", range(len(LINE_COLUMNS)))
@pytest.mark.parametrize("by", ["key", "mouse"])
def test_a_value_is_mended_from_any_column_of_its_line(
    page: ImportPage, make_book: Callable[..., Path], column: int, by: str, qtbot: Any
) -> None:
    to_check(page, make_book(), qtbot)
    step = page.check_step
    spot = step.table.visualRect(step.model.index(0, column)).center()
    qtbot.mouseClick(step.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    if by == "key":
        qtbot.keyClick(step.table, Qt.Key.Key_F2)
    else:
        qtbot.mouseDClick(step.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    editor = step.table.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "not an address"


def test_a_row_is_left_out_and_taken_back(
    page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    to_check(page, make_book(), qtbot)
    step = page.check_step
    qtbot.keyClick(step.table, Qt.Key.Key_Delete)
    rest(page, qtbot)
    assert step.counts == {"ready": 2, "out": 1}
    assert page.next.text() == "Import 2 rows"
    step.show_group("out")
    step.take_back.click()
    rest(page, qtbot)
    assert step.counts == {"ready": 2, "note": 1}


def test_cancel_leaves_nothing(
    page: ImportPage, services: Services, make_book: Callable[..., Path], qtbot: Any
) -> None:
    rows = [(f"公司{i}", f"人{i}", f"138{i:08}", f"p{i}@example.com", None) for i in range(400)]
    to_check(page, make_book(rows), qtbot)
    page.next.click()
    page.waiting.cancelled.emit()
    rest(page, qtbot)
    assert page.step == CHECK
    assert people(services) == 0
    assert page.next.isEnabled()


def test_a_refused_file_says_why(page: ImportPage, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"%PDF-1.4 nothing here")
    page.open_file(path)
    rest(page, qtbot)
    assert page.step == FILE
    assert page.trouble.isVisible()
    assert "PDF" in page.trouble.accessibleName()
    page.open_file(tmp_path / "gone.xlsx")
    rest(page, qtbot)
    assert "gone.xlsx" in page.trouble.accessibleName()


def test_columns_decide_whether_one_can_go_on(
    page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    page.open_file(make_book())
    rest(page, qtbot)
    page.next.click()
    rows = page.columns_step.rows
    rows[1].target.set_value("company.name")
    rows[1]._target_changed("company.name")
    assert not page.next.isEnabled()
    assert rows[0].state.text() == rows[1].state.text() == "Twice"
    rows[0]._target_changed("")
    assert page.next.isEnabled()
    rows[1]._target_changed("")
    assert not page.next.isEnabled()  # nobody has a name


def test_header_and_kind_can_be_chosen(
    page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    page.open_file(make_book())
    rest(page, qtbot)
    page.file_step.table.header_wished.emit(1)
    assert page.draft is not None
    assert page.draft.plan.header_row == 1
    assert page.file_step.header.value() == 1
    page.file_step.kind_chosen.emit("companies")
    assert page.draft.plan.kind == "companies"
    assert page.draft.plan.header_row == 1


def test_what_the_rows_are_is_asked_where_nothing_says_so(
    page: ImportPage, tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "regions.csv"
    file.write_text("code,name\n11,North\n12,South\n", encoding="utf-8")
    page.open_file(file)
    rest(page, qtbot)
    kind = page.file_step.kind
    assert (kind.currentText(), kind.value()) == (tr("import_page.kind_open"), "")
    assert (page.next.isEnabled(), page._why.text()) == (False, tr("import_page.say_kind"))
    kind.setCurrentIndex(kind.findText(sheet_kind_words("products")))
    kind.activated.emit(kind.currentIndex())
    assert kind.value() == "products"
    assert tr("import_page.kind_open") not in [kind.itemText(i) for i in range(kind.count())]
    page.next.click()
    assert page.step == COLUMNS


def test_own_fields_are_offered_by_their_names(
    page: ImportPage, services: Services, make_book: Callable[..., Path], qtbot: Any
) -> None:
    key = services.custom.add(Kind.PERSON, "Shoe size")
    page.open_file(make_book())
    rest(page, qtbot)
    page.next.click()
    row = page.columns_step.rows[3]
    offered = {option.value: option.text for option in row.target._options}
    assert offered[f"person.{key}"] == "Contact › Shoe size"
    row._target_changed(f"person.{key}")
    page.next.click()
    qtbot.waitUntil(lambda: page.step == CHECK, timeout=20000)
    rest(page, qtbot)
    page.next.click()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20000)
    ids = services.records.ids(Kind.PERSON)
    values = {row.values[0] for row in services.records.rows(Kind.PERSON, ids, [key])}
    assert "not an address" in values


def test_csv_of_another_encoding(page: ImportPage, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("姓名;手机\n张伟;13812345678\n李娜;13912345678\n".encode("gb18030"))
    page.open_file(path)
    rest(page, qtbot)
    step = page.file_step
    assert step.delimiter.value() == ";"
    assert step.encoding.value() == "gb18030"
    step.text_chosen.emit("gb18030", ";")
    rest(page, qtbot)
    assert page.draft is not None
    assert (page.draft.plan.encoding, page.draft.plan.delimiter) == ("gb18030", ";")
    to_check_again(page, qtbot)
    assert page.check_step.counts == {"ready": 2}


def to_check_again(page: ImportPage, qtbot: Any) -> None:
    page.next.click()
    page.next.click()
    qtbot.waitUntil(lambda: page.step == CHECK, timeout=20000)


def test_a_dropped_file_comes_as_a_wish(
    opened: MainWindow, page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    path = make_book()
    opened.navigator.go(Place.to("import", file=str(path)))
    qtbot.waitUntil(lambda: page.draft is not None, timeout=20000)
    qtbot.waitUntil(lambda: opened.navigator.here == Place("import"))
    assert page.draft is not None
    assert page.draft.path == path


def test_the_language_switches_without_losing_the_import(
    opened: MainWindow, page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    to_check(page, make_book(), qtbot)
    opened.settings.language = "zh"
    opened.apply_settings()
    assert page.next.text() == "导入 3 行"
    assert page.step == CHECK
    assert page.check_step.counts["note"] == 1


def test_it_is_taken_up_after_a_restart(
    make_window: Callable[..., MainWindow],
    services: Services,
    make_book: Callable[..., Path],
    qtbot: Any,
) -> None:
    state = ViewState()
    first = make_window(state)
    first.book_opened(services, services.clock, start=Place("import"))
    page = first.area.page
    assert isinstance(page, ImportPage)
    path = make_book()
    page.open_file(path)
    rest(page, qtbot)
    page.next.click()
    page.columns_step.rows[3]._target_changed("")
    page.columns_step.bar._existing_changed(Existing.OVERWRITE)
    first.close()
    second = make_window(state, Settings(language="en", theme="light"))
    second.book_opened(services, services.clock, start=Place("import"))
    again = second.area.page
    assert isinstance(again, ImportPage)
    qtbot.waitUntil(lambda: again.step == COLUMNS, timeout=20000)
    assert again.draft is not None
    assert again.draft.path == path
    assert again.draft.plan.existing is Existing.OVERWRITE
    assert again.columns_step.rows[3].target.value() == ""


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_name(outcome: Outcome, dressed: Any) -> None:
    from crm_desktop.ui.language import tr

    assert tr(f"import_page.count.{outcome.value}")
    assert tr(f"import_page.outcome.{outcome.value}")


def test_what_came_in_early_in_the_morning_is_shown(
    page: ImportPage, services: Services, make_book: Callable[..., Path], qtbot: Any
) -> None:
    assert isinstance(services.clock, FixedClock)
    services.clock.moment = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # 07:30 of the next day
    to_check(page, make_book(), qtbot)
    page.next.click()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20000)
    only_new = from_plain(json.loads(shown(page).wish("query")))
    assert services.records.count(Kind.PERSON, only_new) == 3


def test_columns_out_of_sight_get_their_choices_between_events(
    page: ImportPage, qtbot: Any, tmp_path: Path
) -> None:
    header = ["客户名称", "联系人", *(f"栏{n}" for n in range(18))]
    path = sheet(tmp_path / "宽.xlsx", header, [[f"甲{n}" for n in range(20)]])
    page.open_file(path)
    qtbot.waitUntil(lambda: page.draft is not None, timeout=20000)
    page.next.click()
    step = page.columns_step
    made = len(step._rows)
    assert 0 < made < len(header)
    height = step._grid.minimumSize().height()
    qtbot.waitUntil(lambda: step.complete, timeout=20000)
    assert len(step._rows) == len(header)
    moved = step._grid.minimumSize
    qtbot.waitUntil(lambda: moved().height() == height, timeout=20000)  # nothing has moved
    assert [row.name.text() for row in step.rows] == header
    stops = [step.bar.layouts, step.rows[0].target, step.rows[0].more, step.rows[1].target]
    stops += [step.rows[-1].target, step.rows[-1].more, page.back]
    chain, each = [], next_in_chain(page.stepper)
    while each is not None and each is not page.stepper:
        chain.append(each)
        each = next_in_chain(each)
    places = [chain.index(stop) for stop in stops]
    assert places == sorted(places), "Tab goes through the table from top to bottom, then on"
