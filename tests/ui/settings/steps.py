"""What one does on the page of settings: open a group, wait, type."""

from __future__ import annotations

from typing import Any

from crm_desktop.ui.places import Place
from crm_desktop.ui.settings.page import SettingsPage
from crm_desktop.ui.widgets import ParsedField


def open_group(page: SettingsPage, key: str, qtbot: Any) -> Any:
    page.go(Place("settings", view=key))
    rest(page, qtbot)
    return page.group


def rest(page: SettingsPage, qtbot: Any) -> None:
    jobs = page.context.jobs
    qtbot.waitUntil(lambda: jobs.idle, timeout=20000)
    qtbot.wait(1)
    qtbot.waitUntil(lambda: jobs.idle, timeout=20000)


def type_into(editor: Any, text: str, qtbot: Any) -> None:
    assert isinstance(editor, ParsedField)
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)
