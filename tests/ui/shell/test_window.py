"""The window itself: toasts, language, theme, sizes, names, keys, state over a restart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from crm_desktop.paths import Home
from crm_desktop.settings import Settings
from crm_desktop.ui.catalogue import PAGES, SIDEBAR
from crm_desktop.ui.language import language, tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.keymap import COMMANDS
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.view_state import ViewState
from crm_desktop.words import LANGUAGES, Words

Make = Callable[..., MainWindow]


def test_a_toast_stays_while_the_focus_is_in_it(window: MainWindow) -> None:
    window.toast("3 contacts moved to Trash.", undo=True)
    assert window.toasts.isVisible()
    assert window.toasts.running
    window.activateWindow()
    window.toasts.buttons[0].setFocus()
    assert not window.toasts.running
    window.toasts.buttons[0].clearFocus()
    assert window.toasts.running


def test_undo_in_the_toast_is_the_undo_command(window: MainWindow, qtbot: Any) -> None:
    window.toast("Gone.", undo=True)
    assert "Ctrl+Z" in window.toasts.buttons[0].text()
    with qtbot.waitSignal(window.commands.asked) as asked:
        window.toasts.buttons[0].click()
    assert asked.args == ["undo"]
    assert not window.toasts.isVisible()


def test_a_newer_toast_counts_the_gestures_it_covers(window: MainWindow) -> None:
    def told() -> list[str]:
        return [button.text() for button in window.toasts.buttons]

    for number in range(3):
        window.toast(f"Number {number}.", undo=True)
    assert window.toasts.text == "Number 2."
    assert tr("shell.more_in_history", count=2) in told()
    window.toast("Copied.")
    assert tr("shell.more_in_history", count=3) in told()
    window.toast("Not found.")  # of copying History knows nothing
    assert tr("shell.more_in_history", count=3) in told()


def test_messages_that_are_not_in_history_are_not_counted(window: MainWindow) -> None:
    window.toast("Copied.")
    before = len(window.toasts.buttons)
    window.toast("Copied again.")
    assert len(window.toasts.buttons) == before


def test_a_choice_in_a_toast_runs(window: MainWindow) -> None:
    done: list[str] = []
    window.toast("Saved.", choices=[("Open", lambda: done.append("open"))])
    window.toasts.buttons[0].click()
    assert done == ["open"]


def test_a_long_toast_stays_inside(window: MainWindow) -> None:
    window.resize(1024, 600)
    window.toast("很长的公司名称" * 40, undo=True)
    assert window.rect().contains(window.toasts.geometry())


def test_a_long_toast_is_not_as_wide_as_a_wide_window(window: MainWindow) -> None:
    window.resize(1900, 900)
    window.toast("A customer whose name is long, " * 40, undo=True)
    toast = window.toasts
    beside = sum(button.width() for button in toast.buttons)
    assert toast.width() - beside < 700
    assert toast.text.endswith("is long, ")  # whole for whoever hears it
    assert abs(toast.geometry().center().x() - 950) <= 1


def test_f6_reaches_every_pane(window: MainWindow) -> None:
    window.activateWindow()
    window.toast("Gone.", undo=True)
    panes = set()
    for _ in range(6):
        window.run_command("next_pane")
        focus = QApplication.focusWidget()
        for pane in (window.sidebar, window.topbar, window.toasts):
            if focus is not None and pane.isAncestorOf(focus):
                panes.add(pane)
    assert panes == {window.sidebar, window.topbar, window.toasts}


def test_the_language_changes_while_the_window_is_open(window: MainWindow) -> None:
    window.run_command("language_zh")
    assert language() == "zh"
    assert window.topbar.new_button.text() == "新建"
    assert window.commands.action("undo").text() == "撤销"
    assert "联系人" in [row.text() for row in window.sidebar.rows()]
    assert window.menuBar().actions()[0].text().startswith("文件")
    window.run_command("language_en")
    assert window.topbar.new_button.text() == "New"
    assert Settings.load(window.home.config).language == "en"


def test_the_theme_changes_while_the_window_is_open(window: MainWindow) -> None:
    window.run_command("theme_dark")
    assert theme().tokens.dark
    window.run_command("theme_light")
    assert not theme().tokens.dark


def test_the_text_size_goes_up_and_down(window: MainWindow) -> None:
    sizes = []
    for key in ("text_larger", "text_larger", "text_larger", "text_larger", "text_smaller"):
        window.run_command(key)
        sizes.append(window.settings.text_size)
    assert sizes == [115, 130, 150, 150, 130]
    window.run_command("text_normal")
    assert theme().percent == 100


@pytest.mark.parametrize("size", [100, 150])
@pytest.mark.parametrize("language_", LANGUAGES)
def test_it_fits_the_smallest_screen(make_window: Make, size: int, language_: str) -> None:
    window = make_window(settings=Settings(language=language_, theme="light", text_size=size))
    window.apply_settings()
    QApplication.processEvents()
    hint = window.minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 600


def test_the_sidebar_folds_and_remembers(make_window: Make, home: Home) -> None:
    first = make_window(ViewState(home.config))
    assert first.sidebar.width() == 208
    first.run_command("sidebar")
    assert first.sidebar.width() == 56
    assert all(row.toolTip() for row in first.sidebar.rows())
    first.resize(1024, 700)
    first.close()
    second = make_window(ViewState(home.config))
    assert second.sidebar.folded
    assert second.height() == 700


def test_a_low_window_shows_all_pages_in_the_sidebar(make_window: Make) -> None:
    window = make_window(settings=Settings(language="en", theme="light", text_size=150))
    window.apply_settings()
    for height in (600, 1000):
        window.resize(1024, height)
        QApplication.processEvents()
        scrolled = window.sidebar.scrolled
        rows = window.sidebar.rows()[:-1]
        assert rows[-1].geometry().bottom() <= scrolled.viewport().height()
    assert rows[0].height() == 48  # 32 at 150 %: there is room again


def test_counts_and_saved_views(window: MainWindow) -> None:
    window.sidebar.set_counts({"people": 486})
    row = next(row for row in window.sidebar.rows() if row.place == Place("contacts"))
    assert row.count == 486
    assert row.accessibleName() == "Contacts, 486"
    view = Place("contacts", None, "", (("saved", "3"),))
    window.set_saved_views([("Key accounts", view)])
    window.sidebar.show_place(view)
    assert [row.text() for row in window.sidebar.rows() if row.isChecked()] == ["Key accounts"]


def test_every_page_has_words() -> None:
    for name in LANGUAGES:
        words = Words(name)
        assert all(words.text(entry.words) for entry in PAGES.values())
    assert [entry.key for entry in SIDEBAR] == [
        *("today", "contacts", "companies", "opportunities", "followups"),
        *("birthdays", "service", "documents", "products", "reports"),
    ]


def test_go_commands_follow_the_sidebar() -> None:
    keys = [c.key for c in COMMANDS if c.key.startswith("go_") and c.keys.startswith("Ctrl+")][:10]
    assert keys == [f"go_{entry.key}" for entry in SIDEBAR]


def focused() -> QWidget:
    """What has the focus; something always must."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _focusables(window: QWidget) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
    ]


@pytest.mark.parametrize("overlay", ["", "keys"])
def test_everything_that_takes_the_focus_has_a_name(window: MainWindow, overlay: str) -> None:
    window.toast("Gone.", undo=True)
    window.banner("x", "Something", choices=[("Do", lambda: None)])
    if overlay:
        window.run_command(overlay)
    nameless = []
    for widget in _focusables(window):
        face = QAccessible.queryAccessibleInterface(widget)
        if face is None or not face.text(QAccessible.Text.Name):
            nameless.append(widget)
    assert nameless == []


def test_tab_reaches_everything_once(window: MainWindow) -> None:
    window.activateWindow()
    window.sidebar.focus_row().setFocus()
    start = QApplication.focusWidget()
    seen = [start]
    for _ in range(40):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is start:
            break
        seen.append(QApplication.focusWidget())
    assert len(seen) == len(set(seen))
    assert set(_focusables(window)) <= set(seen)


def test_arrows_move_in_the_sidebar(window: MainWindow) -> None:
    window.activateWindow()
    window.sidebar.focus_row().setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is window.sidebar.rows()[1]


def test_f1_shows_the_keys_and_esc_closes(window: MainWindow) -> None:
    window.activateWindow()
    window.topbar.search.setFocus()
    window.run_command("keys")
    help_overlay = window.actions_of_shell.help_overlay
    assert help_overlay is not None
    assert help_overlay.isVisible()
    assert window.rect().contains(help_overlay.geometry())
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not help_overlay.isVisible()
    assert QApplication.focusWidget() is window.topbar.search


def test_undo_keys_pass_a_field_with_nothing_to_undo(window: MainWindow, qtbot: Any) -> None:
    field = QLineEdit(window.centralWidget())
    field.setAccessibleName("field")
    field.show()
    window.activateWindow()
    field.setFocus()
    asked: list[str] = []
    window.commands.asked.connect(asked.append)
    QTest.keyClicks(field, "ab")
    QTest.keySequence(field, QKeySequence("Ctrl+Z"))
    assert asked == []
    assert field.text() == ""
    QTest.keySequence(field, QKeySequence("Ctrl+Z"))
    assert asked == ["undo"]


def test_before_the_book_is_open_only_the_window_answers(window: MainWindow) -> None:
    assert not window.commands.action("new_person").isEnabled()
    assert not window.commands.action("export").isEnabled()
    assert window.commands.action("theme_dark").isEnabled()


def test_a_banner_is_replaced_by_its_key_and_closed(window: MainWindow) -> None:
    window.banner("disk", "One")
    window.banner("disk", "Two")
    assert window.banners.texts() == {"disk": "Two"}
    window.close_banner("disk")
    assert not window.banners.isVisible()
