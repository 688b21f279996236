"""A list that came back, in the window: seen, chosen, taken over, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.settings import Settings
from crm_desktop.ui.imports.page import ImportPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.roundtrip.lines import COLUMNS, SHEET, TAKE, text_of
from crm_desktop.ui.roundtrip.page import RoundTripPage
from crm_desktop.ui.shell.window import SMALLEST, MainWindow, dress
from tests.services.roundtrip.sheets import Sheet
from tests.ui.audits.walking import cut_words


def rest(opened: MainWindow, qtbot: Any) -> RoundTripPage:
    """The page once it has read the file."""
    qtbot.waitUntil(lambda: isinstance(opened.area.page, RoundTripPage), timeout=20000)
    page = opened.area.page
    assert isinstance(page, RoundTripPage)
    jobs = page.context.jobs
    qtbot.waitUntil(lambda: jobs.idle and page._job is None, timeout=20000)
    return page


def dropped(opened: MainWindow, path: Path, qtbot: Any) -> RoundTripPage:
    """As a file dropped on the window, or chosen on the import page."""
    opened.navigator.go(Place.to("import", file=str(path)))
    return rest(opened, qtbot)


def lines(page: RoundTripPage) -> dict[str, list[tuple[str, str, str, bool | None]]]:
    """Record, field, new text and tick of all lines, by section."""
    found: dict[str, list[tuple[str, str, str, bool | None]]] = {}
    for row, line in enumerate(page.model.lines):
        if not line.is_heading:
            texts = [text_of(line, name) for name in ("record", "field", "sheet")]
            found.setdefault(line.section, []).append((*texts, page.model.taken(row)))  # type: ignore[arg-type]
    return found


def pick(page: RoundTripPage, section: str) -> None:
    """Select the first line of a section, as the keyboard does."""
    row = next(
        n
        for n, line in enumerate(page.model.lines)
        if line.section == section and not line.is_heading
    )
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(row, TAKE))


def cities(services: Services) -> dict[str, Any]:
    ids = services.records.ids(Kind.COMPANY)
    rows = services.records.rows(Kind.COMPANY, ids, ["name", "city", "short_name"])
    return {row.values[0]: row.values[1:] for row in rows}


def test_everything_is_shown_and_only_the_harmless_is_ticked(
    opened: MainWindow, edited: Callable[[], Path], qtbot: Any
) -> None:
    page = dropped(opened, edited(), qtbot)
    assert lines(page) == {
        "conflicts": [("Haituo", "City", "Hangzhou", False)],
        "edits": [
            ("Hengyuan", "Industry", "Machines", True),
            ("Hengyuan", "City", "Kunshan", True),
        ],
        "blanks": [("Haituo", "Short name", "(empty)", False)],
        "new_rows": [("Brand new", "", "Name Brand new", True)],
        "missing": [("Gone", "", "", False)],
        "problems": [("", "E-mail", "", None)],
    }
    assert page.apply_button.text() == "Apply 3 changes"
    assert page.table.hasFocus()


def test_applied_as_one_gesture_and_taken_back(
    opened: MainWindow, services: Services, edited: Callable[[], Path], qtbot: Any
) -> None:
    page = dropped(opened, edited(), qtbot)
    before = cities(services)
    page.apply_button.click()
    qtbot.waitUntil(lambda: page.context.jobs.idle and page.trip is None, timeout=20000)
    assert cities(services) == {
        "Hengyuan": ("Kunshan", "Hen"),
        "Haituo": ("Wenzhou", "Hai"),
        "Gone": ("Wuxi", "Gon"),
        "Brand new": (None, None),
    }
    assert opened.area.page is not page
    services.history.undo()
    assert cities(services) == before


def test_the_same_file_is_compared_again_each_time_it_comes(
    opened: MainWindow, sheet: Sheet, edited: Callable[[], Path], qtbot: Any
) -> None:
    """It was edited further, or taken over: what the page knew of it is of no use any more."""
    path = edited()
    page = dropped(opened, path, qtbot)
    sheet.put(sheet.row_of("name", "Hengyuan"), "city", "Taicang")
    dropped(opened, sheet.save(), qtbot)
    assert ("Hengyuan", "City", "Taicang", True) in lines(page)["edits"]
    page.apply_button.click()
    qtbot.waitUntil(lambda: page.context.jobs.idle and page.trip is None, timeout=20000)
    assert page.heading.text() == page.title()  # nothing of the file is left to be read
    dropped(opened, path, qtbot)
    assert page.trip is not None
    assert "edits" not in lines(page)
    assert "new_rows" not in lines(page)


def test_while_a_file_is_read_nothing_says_there_is_none(
    opened: MainWindow, edited: Callable[[], Path], qtbot: Any
) -> None:
    opened.navigator.go(Place.to("roundtrip"))
    page = rest(opened, qtbot)
    assert page.empty.isVisible()
    page.open_file(edited())
    assert not page.empty.isVisible()
    page.waiting.cancelled.emit()
    rest(opened, qtbot)
    assert page.empty.isVisible() or page.table.isVisible()  # as it was faster, or not


def test_choices_by_keyboard_and_by_policy(
    opened: MainWindow, services: Services, edited: Callable[[], Path], qtbot: Any
) -> None:
    page = dropped(opened, edited(), qtbot)
    for section in ("conflicts", "new_rows"):
        pick(page, section)
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
    page.blanks.click()
    page.missing.click()
    ticks = {section: several[0][3] for section, several in lines(page).items()}
    assert ticks == {
        "conflicts": True,
        "edits": True,
        "blanks": True,
        "new_rows": False,
        "missing": True,
        "problems": None,
    }
    assert page.apply_button.text() == "Apply 5 changes"
    page.apply_button.click()
    qtbot.waitUntil(lambda: page.context.jobs.idle and page.trip is None, timeout=20000)
    assert cities(services) == {"Hengyuan": ("Kunshan", "Hen"), "Haituo": ("Hangzhou", None)}


def test_all_conflicts_at_once_and_one_by_one(
    opened: MainWindow, edited: Callable[[], Path], qtbot: Any
) -> None:
    page = dropped(opened, edited(), qtbot)
    page.sides.changed.emit("mine")
    assert lines(page)["conflicts"][0][3] is True
    pick(page, "conflicts")
    page.table.toggle()
    assert lines(page)["conflicts"][0][3] is False
    pick(page, "blanks")
    page.table.toggle()
    assert lines(page)["blanks"][0][3] is True
    page.table.selectAll()
    page.table.toggle()
    page.table.toggle()
    assert not page.apply_button.isEnabled()


def test_a_file_without_changes_says_so(opened: MainWindow, sheet: Sheet, qtbot: Any) -> None:
    page = dropped(opened, sheet.path, qtbot)
    assert page._stack.currentWidget() is page.empty
    assert page.empty._what.text() == "Nothing was changed in this file."
    page.empty.secondary_clicked.emit()
    assert opened.area.page.key == "companies"


def test_it_can_be_imported_as_a_list_all_the_same(
    opened: MainWindow, edited: Callable[[], Path], qtbot: Any
) -> None:
    page = dropped(opened, edited(), qtbot)
    page.as_list.click()
    qtbot.waitUntil(
        lambda: isinstance(opened.area.page, ImportPage) and opened.area.page.draft is not None,
        timeout=20000,
    )


def test_trouble_is_said_and_the_file_can_be_read_again(
    opened: MainWindow, services: Services, edited: Callable[[], Path], qtbot: Any
) -> None:
    page = dropped(opened, edited(), qtbot)
    found = services.records.find_links(Kind.COMPANY, "Hengyuan")[0].ref
    services.records.update(Kind.COMPANY, found.id, {"city": "Elsewhere"})
    page.apply_button.click()
    qtbot.waitUntil(lambda: page.context.jobs.idle and page._job is None, timeout=20000)
    assert page.trouble.isVisible()
    assert "changed here while you looked" in page.trouble.accessibleName()
    page.trouble.acted.emit("again")
    rest(opened, qtbot)
    assert not page.trouble.isVisible()
    assert [one[0] for one in lines(page)["conflicts"]] == ["Haituo", "Hengyuan"]


def test_the_ticks_are_told(opened: MainWindow, edited: Callable[[], Path], qtbot: Any) -> None:
    page = dropped(opened, edited(), qtbot)
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [page.model.index(row, TAKE).data(role) for row in range(1, 6)]
    assert told == ["Left as it is", None, "Taken over", "Taken over", None]
    assert QAccessible.queryAccessibleInterface(page.table) is not None
    assert "When exported: Ningbo" in page.model.index(1, SHEET).data(Qt.ItemDataRole.ToolTipRole)


def test_all_columns_stand_in_a_small_window_with_large_text(
    opened: MainWindow, edited: Callable[[], Path], qtbot: Any
) -> None:
    page = dropped(opened, edited(), qtbot)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for size, text in ((SMALLEST, 150), (QSize(1280, 800), 100), (SMALLEST, 150)):
        dress(app, Settings(language="en", theme="light", text_size=text))
        opened.resize(size)
        rest(opened, qtbot)
        table = page.table
        qtbot.waitUntil(lambda: not list(cut_words(page)), timeout=20_000)
        assert table.horizontalScrollBar().maximum() == 0
        wide = [table.columnWidth(column) for column in range(len(COLUMNS))]
        assert sum(wide) == table.viewport().width()
        assert min(wide) > 0
