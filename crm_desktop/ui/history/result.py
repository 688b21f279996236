"""What came of an undo: how much is back, what was kept and why, what cannot come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.kinds import Ref
from crm_desktop.services.history import Left, UndoResult
from crm_desktop.services.house import Services
from crm_desktop.ui.gestures import gesture_title, left_name
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import Card, ElidedLabel, LinkButton, PlainLabel
from crm_desktop.ui.widgets.buttons import CloseButton

_MOST = 8  # lines of each sort


class ResultCard(Card):
    """Stands above the days until it is closed or the next undo takes its place."""

    opened = Signal(object)  # a Ref
    closed = Signal()

    def __init__(self, result: UndoResult, services: Services) -> None:
        super().__init__()
        head = QHBoxLayout()
        what = gesture_title(result.title, result.args, services)
        head.addWidget(ElidedLabel(tr("shell.undone", what=what), role="strong"), 1)
        back = tr("history_page.result_restored", count=result.restored)
        head.addWidget(PlainLabel(back, tone="muted"))
        close = CloseButton()
        close.clicked.connect(self.closed)
        head.addWidget(close)
        self.body.addLayout(head)
        self.body.setSpacing(2)
        for key, fields in (("kept", result.kept), ("blocked", result.blocked)):
            if fields:
                self.body.addWidget(PlainLabel(tr(f"history_page.result_{key}"), role="strong"))
                self._list(services.history.left(fields))

    def _list(self, left: Sequence[Left]) -> None:
        named = [(each, name) for each in left if (name := left_name(each))]
        for each, name in named[:_MOST]:
            self.body.addWidget(_Line(each, name, self.opened.emit))
        others = len(left) - len(named[:_MOST])
        if others:
            words = tr("history_page.result_other", count=others)
            self.body.addWidget(PlainLabel(words, role="small", tone="muted"))


class _Line(QWidget):
    """One field or record that stayed, why, and the way to it."""

    def __init__(self, left: Left, name: str, go: Callable[[Ref], None]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ElidedLabel(name), 1)
        row.addWidget(PlainLabel(tr(f"book.kept.{left.reason}"), role="small", tone="muted"))
        ref = left.ref
        if ref is not None:
            button = LinkButton(tr("duplicates.open"))
            button.setAccessibleName(f"{tr('duplicates.open')} {ref.title}")
            button.clicked.connect(lambda: go(ref))
            row.addWidget(button)
