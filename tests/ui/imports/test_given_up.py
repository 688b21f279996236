"""An import that was left is led back to and can be given up; what was chosen is kept at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.exchange.mapping import Existing
from crm_desktop.progress import Progress
from crm_desktop.ui.imports.page import CHECK, COLUMNS, FILE, ImportPage
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.imports.hands import pick, select


def _entry(window: MainWindow) -> Any:
    return next((row for row in window.sidebar.rows() if row.place == Place("import")), None)


def _opened(page: ImportPage, file: Path, qtbot: Any) -> None:
    page.open_file(file)
    qtbot.waitUntil(lambda: page.draft is not None, timeout=20000)


def test_a_file_opened_in_place_of_another_is_still_being_read_when_that_one_ends(
    page: ImportPage, qtbot: Any
) -> None:
    jobs, told = page.context.jobs, threading.Event()

    def cancelled(progress: Progress) -> None:
        told.wait(20)
        progress.step(0)

    first = jobs.run_long_reader(cancelled, cancelled=page.at_work.end)
    page.at_work.begin("import_page.reading", first)
    page.at_work.cancel()
    read = threading.Event()
    second = jobs.run_long_reader(lambda _progress: read.wait(20), cancelled=page.at_work.end)
    page.at_work.begin("import_page.reading", second)
    try:
        with qtbot.waitSignal(first.destroyed, timeout=20000):
            told.set()
        assert page.at_work.job is second
    finally:
        read.set()
    page.at_work.end()


def test_the_sidebar_leads_back_to_what_was_left(
    opened: MainWindow, page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    assert _entry(opened) is None
    _opened(page, make_book(), qtbot)
    opened.navigator.go(Place("today"))
    row = _entry(opened)
    assert row.words == "shell.import_under_way"
    assert not row.isChecked()
    row.click()
    qtbot.waitUntil(lambda: opened.area.page is page, timeout=20000)
    assert row.isChecked()
    page.next.click()
    page.next.click()
    qtbot.waitUntil(lambda: page.step == CHECK and page.next.isEnabled(), timeout=20000)
    page.next.click()
    qtbot.waitUntil(lambda: page.result is not None, timeout=20000)
    assert _entry(opened) is None


def test_given_up_it_can_be_gone_on_with(
    opened: MainWindow, page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    _opened(page, make_book(), qtbot)
    page.next.click()
    pick(page.columns_step.existing, list(page.columns_step.existing._options)[1].value)
    chosen = page.columns_step.existing.value()
    page.give_up.click()
    assert page.draft is None
    assert page.step == FILE
    assert _entry(opened) is None
    assert not page.give_up.isVisible()
    told = tr("import_page.given_up", name="客户名单.xlsx")
    assert opened.toasts.text == told
    next(b for b in opened.toasts.buttons if b.text() == tr("import_page.go_on")).click()
    qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20000)
    assert page.columns_step.existing.value() == chosen
    assert _entry(opened) is not None


def test_what_was_chosen_is_kept_at_once(
    opened: MainWindow, page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    """The program may be killed at any moment; the page is not asked before."""
    _opened(page, make_book(), qtbot)
    page.next.click()
    pick(page.columns_step.existing, list(page.columns_step.existing._options)[1].value)
    kept = opened.state.get("page/import")
    assert page.draft is not None
    assert kept["plan"] == page.draft.plan.to_json()
    page.next.click()
    qtbot.waitUntil(lambda: page.step == CHECK and page.next.isEnabled(), timeout=20000)
    select(page, 5)
    page.check_step.leave_out()
    assert opened.state.get("page/import")["left_out"] == [5]


def test_what_was_left_stays_kept_while_its_file_is_read_and_looked_for(
    opened: MainWindow, page: ImportPage, make_book: Callable[..., Path], qtbot: Any
) -> None:
    """A large file is read for a while, and one on a stick may have to be put in first."""
    file = make_book()
    _opened(page, file, qtbot)
    page.next.click()
    page.columns_step.bar._existing_changed(Existing.OVERWRITE)
    kept = page.state()
    page.start_over()
    away = file.rename(file.with_name("away"))
    page.restore(kept)
    page.refresh()
    page.keep_state()
    assert opened.state.get("page/import") == kept
    assert _entry(opened) is not None
    qtbot.waitUntil(page.trouble.isVisible, timeout=20000)
    away.rename(file)
    page._try_again()
    page.keep_state()
    assert opened.state.get("page/import") == kept
    qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20000)
    assert page.draft is not None
    assert page.draft.plan.existing is Existing.OVERWRITE
    assert page.state() == kept
