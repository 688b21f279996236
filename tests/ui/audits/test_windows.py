"""Opening pages shows no window but the one: a part shown before it has a place would flash up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.paths import Home
from tests.ui.audits.stage import Stage


class _Watch(QObject):
    """Remembers every window that is shown."""

    def __init__(self, own: QWidget) -> None:
        super().__init__()
        self._own = own
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._own
        ):
            self.shown.append(type(watched).__name__)
        return False


def test_no_part_is_a_window_of_its_own(qapp: QApplication, home: Home) -> None:
    home.data.mkdir(parents=True, exist_ok=True)
    stage = Stage("en", home.data)
    watch = _Watch(stage.window)
    qapp.installEventFilter(watch)
    try:
        for _place in stage.tour():
            pass
    finally:
        qapp.removeEventFilter(watch)
        stage.close()
    assert watch.shown == []
