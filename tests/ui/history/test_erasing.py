"""Erasing from the trash: asked about with what goes, by mouse and keyboard, and really gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.kinds import Kind
from crm_desktop.paths import Home
from crm_desktop.services.house import Services
from crm_desktop.ui.history.trash_page import TrashPage
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.view_state import ViewState
from tests.ui.history.test_pages import show
from tests.ui.resting import rest


def answer(word: str, said: list[str]) -> None:
    """Press the button with this word on the box that comes; keep what the box said."""

    def look() -> None:
        boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
        box = next((each for each in boxes if each.isVisible()), None)
        if box is None:
            QTimer.singleShot(5, look)
            return
        said.append(f"{box.text()}\n{box.informativeText()}")
        next(button for button in box.buttons() if word in button.text()).click()

    QTimer.singleShot(0, look)


def trashed(services: Services, count: int) -> list[int]:
    people = [services.records.create(Kind.PERSON, {"name": f"人{n}"}) for n in range(count)]
    services.records.trash(Kind.PERSON, people)
    return people


def acted(
    window: MainWindow, act: Callable[[], Any], word: str, qtbot: Any, *, boxes: int = 1
) -> list[str]:
    said: list[str] = []
    answer(word, said)
    act()
    qtbot.waitUntil(lambda: len(said) >= boxes, timeout=20000)
    rest(window, qtbot)
    return said


def on_disk(window: MainWindow) -> bytes:
    """What the window keeps in the user's home, as it is written."""
    window.state.flush()
    return b"".join(f.read_bytes() for f in window.home.config.rglob("*") if f.is_file())


def test_the_selected_go_for_good(
    make_window: Callable[..., MainWindow], home: Home, services: Services, qtbot: Any
) -> None:
    opened = make_window(ViewState(home.config))
    services.book.subscribe(opened.notifier.announce)
    opened.book_opened(services, services.clock)
    rest(opened, qtbot)
    first, second = trashed(services, 2)
    page = show(opened, "trash", qtbot)
    assert isinstance(page, TrashPage)
    page.table.clearSelection()
    chosen = next(i for i, one in enumerate(page.found) if one.ref.id == first)
    page.table.selectRow(chosen)
    opened.state.put(f"draft/note/{services.records.card(Kind.PERSON, first).uid}", "secret")
    opened.state.put(f"draft/note/{services.records.card(Kind.PERSON, second).uid}", "kept")
    said = acted(opened, page.erase_button.click, "Cancel", qtbot)
    assert "人0" in said[0]
    assert "cannot be undone" in said[0]
    assert b"secret" in on_disk(opened)
    assert len(services.erasing.in_trash()) == 2

    def press() -> None:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)

    acted(opened, press, "Erase for good", qtbot)
    assert [ref.id for ref in services.erasing.in_trash()] == [second]
    assert "gone for good" in opened.toasts.text
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=20000)
    assert b"secret" not in on_disk(opened)
    assert b"kept" in on_disk(opened)


def test_emptying_keeps_what_documents_hold(
    opened: MainWindow, services: Services, qtbot: Any
) -> None:
    held, _ = trashed(services, 2)
    services.records.restore(Kind.PERSON, held)
    services.business.set_own_company(name="我们公司")
    quote = services.quotes.create({"person": held}, [LineDraft(name="铣床", price=1000)])
    services.quotes.send(quote)
    services.records.trash(Kind.PERSON, held)
    page = show(opened, "trash", qtbot)
    said = acted(opened, page.empty_button.click, "Erase for good", qtbot)
    assert "Empty Trash" in said[0]
    assert "stay" in said[0]
    assert {ref.id for ref in services.erasing.in_trash() if ref.kind is Kind.PERSON} == {held}
    page.show_kind(Kind.PERSON)
    said = acted(opened, page.erase_button.click, "Make anonymous", qtbot)
    assert "人0" in said[0]
    assert services.records.card(Kind.PERSON, held).values["name"] == f"*** {held}"
