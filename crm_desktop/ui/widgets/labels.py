"""Labels: plain text always, elided where the text is the user's, fonts by role."""

from __future__ import annotations

import sys
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from crm_desktop.ui.formats import time_text
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.tooltips import plain_tip
from crm_desktop.ui.widgets.wrapping import few_lines, line_height

_MOST_LINES = 3
_ROLES = {
    "text": QPalette.ColorRole.WindowText,
    "muted": QPalette.ColorRole.PlaceholderText,
    "link": QPalette.ColorRole.Link,
    "accent": QPalette.ColorRole.Accent,
    "danger": QPalette.ColorRole.BrightText,
}


class PlainLabel(QLabel):
    """A label that never takes its text for markup.

    `role` is a type role of the tokens, `tone` one of text, muted, link, accent, danger.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "body",
        tone: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._role = role
        self.set_tone(tone)
        self._refont()
        self.setText(text)
        theme().changed.connect(self._refont)

    def set_tone(self, tone: str) -> None:
        """Show the text in another tone."""
        self.setForegroundRole(_ROLES[tone])

    def _refont(self) -> None:
        if self._role != "body" or self.testAttribute(Qt.WidgetAttribute.WA_SetFont):
            self.setFont(theme().font(self._role))


class ElidedLabel(PlainLabel):
    """One line that ends in … when it is too long; the tooltip has all of it."""

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "body",
        tone: str = "text",
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        # Before the label exists: its constructor sets the text, which asks for this.
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        super().__init__(text, role=role, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        few = self.fontMetrics().horizontalAdvance("…") * 3
        return QSize(min(hint.width(), few), hint.height())

    def setText(self, text: str) -> None:
        super().setText(text.replace("\n", " "))
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def shown_text(self) -> str:
        """What fits into the width now."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            QStyle.visualAlignment(self.layoutDirection(), self.alignment()).value,
            option.palette,
            self.isEnabled(),
            self.shown_text(),
            self.foregroundRole(),
        )

    def _tell(self) -> None:
        full = self.text()
        cut = bool(full) and self.shown_text() != full
        self.setToolTip(plain_tip(full) if cut else "")


class FewLinesLabel(ElidedLabel):
    """The user's text in as many lines as it needs, up to three; what is left then ends in …"""

    _WIDTH = QSizePolicy.Policy.Preferred

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "body",
        tone: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role=role, tone=tone, parent=parent)
        policy = QSizePolicy(self._WIDTH, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        room = width - around.left() - around.right()
        lines = line_height(self.font()) * len(self._lines(room))
        return around.top() + lines + around.bottom()

    def shown_text(self) -> str:
        return "\n".join(self._lines(self.contentsRect().width()))

    def _lines(self, width: int) -> list[str]:
        return few_lines(self.text(), self.font(), width, _MOST_LINES)

    def _tell(self) -> None:
        cut = self.shown_text().endswith("…") and not self.text().endswith("…")
        self.setToolTip(plain_tip(self.text()) if cut else "")


class AllLinesLabel(FewLinesLabel):
    """The user's text whole and as it was broken; a word longer than the room is broken too.

    Takes the width it gets: long words do not decide the columns of a grid.
    """

    _WIDTH = QSizePolicy.Policy.Ignored

    def setText(self, text: str) -> None:
        PlainLabel.setText(self, text)

    def _lines(self, width: int) -> list[str]:
        return few_lines(self.text(), self.font(), width, sys.maxsize)

    def _tell(self) -> None:
        """Nothing is left out that a tooltip would have to say."""


class TwoLineLabel(ElidedLabel):
    """The name of a field: two lines where one is too short, and only then …"""

    def shown_text(self) -> str:
        width = self.contentsRect().width()
        first = self._first_line(width)
        rest = self.text()[len(first) :]
        if not rest:
            return first
        return f"{first.rstrip()}\n{self.fontMetrics().elidedText(rest, self._mode, width)}"

    def needs_two(self, width: int) -> bool:
        """Whether one line of `width` pixels is too short."""
        return self._first_line(width) != self.text()

    def _first_line(self, width: int) -> str:
        layout = QTextLayout(self.text(), self.font())
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(width)
        layout.endLayout()
        return self.text()[: line.textLength()] if line.isValid() else ""

    def _tell(self) -> None:
        cut = self.shown_text().endswith("…") and not self.text().endswith("…")
        self.setToolTip(plain_tip(self.text()) if cut else "")


class StatusText(PlainLabel):
    """The small word near a title: Saved 10:32, Saving…, or why it is not saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", role="small", tone="muted", parent=parent)
        self._state: tuple[str, dict[str, str]] = ("", {})

    def show_saved(self, when: datetime) -> None:
        """Say that everything is stored since the local time `when`."""
        self._show("common.saved_at", "muted", time=time_text(when))

    def show_saving(self) -> None:
        """Say that it is being stored."""
        self._show("common.saving", "muted")

    def show_failed(self, why: str) -> None:
        """Say why it is not stored."""
        self._show("common.not_saved", "danger", why=why)

    def retranslate(self) -> None:
        """Say the same in the language of now."""
        key, args = self._state
        self.setText(tr(key, **args) if key else "")

    def _show(self, key: str, tone: str, **args: str) -> None:
        self._state = (key, args)
        self.set_tone(tone)
        self.retranslate()
