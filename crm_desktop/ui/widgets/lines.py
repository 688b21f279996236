"""A line that leads somewhere: a sign, words, a chip; clicked as a whole."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crm_desktop.domain.page_paper import PaperFigure
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import FOCUS_RING, GAP, RADIUS_CONTROL
from crm_desktop.ui.widgets.chips import chip_size, paint_avatar, paint_chip

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_INSET = 6


def _paint_ground(button: QAbstractButton, painter: QPainter) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if button.hasFocus():
        painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING))
    if button.underMouse() and button.isEnabled():
        painter.setBrush(QColor(tokens().subtle))
    box = button.rect().toRectF().adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
    painter.setBrush(Qt.BrushStyle.NoBrush)


class Clickable(QAbstractButton):
    """What all painted buttons share: hover, keys, a size that follows the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.updateGeometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class LineButton(Clickable):
    """One line: an icon or an avatar, a text, more about it, a chip at the end."""

    def __init__(
        self,
        text: str,
        *,
        icon_name: str = "",
        icon_token: str = "muted",
        avatar: str = "",
        more: str = "",
        chip: str = "",
        chip_colour: str = "grey",
        strong: bool = False,
        struck: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._token, self._avatar = icon_name, icon_token, avatar
        self._strong, self._struck = strong, struck
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(text, more=more, chip=chip, chip_colour=chip_colour)

    def set_words(
        self, text: str, *, more: str = "", chip: str = "", chip_colour: str = "grey"
    ) -> None:
        """Say something else."""
        self.setText(text)
        self._more, self._chip, self._colour = more, chip, chip_colour
        parts = [part for part in (text, more, chip) if part]
        self.setAccessibleName(tr("format.list_separator").join(parts))
        self.update()

    def chip(self) -> str:
        """The word at the end."""
        return self._chip

    def more(self) -> str:
        """What stands beside the text."""
        return self._more

    def sizeHint(self) -> QSize:
        least = theme().px(36 if self._avatar else 28)
        height = max(least, QFontMetrics(theme().font()).height() + 8)
        return QSize(theme().px(200), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(90), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint_ground(self, painter)
        left, right = _INSET, self.width() - _INSET
        middle = self.height() / 2
        if self._avatar:
            side = theme().px(28)
            paint_avatar(painter, QRectF(left, middle - side / 2, side, side), self._avatar)
            left += side + theme().px(GAP)
        elif self._icon:
            side = theme().px(16)
            box = QRectF(left, middle - side / 2, side, side)
            paint_icon(painter, self._icon, box, token=self._token)
            left += side + theme().px(GAP)
        if self._chip:
            size = chip_size(self._chip)
            width = min(size.width(), max(0, right - left) * 6 // 10)
            top = round(middle - size.height() / 2)
            box_of_chip = QRect(right - width, top, width, size.height())
            paint_chip(painter, box_of_chip, self._chip, colour=self._colour)
            right -= width + theme().px(GAP)
        self._write(painter, left, right)

    def _write(self, painter: QPainter, left: int, right: int) -> None:
        font = theme().font("strong" if self._strong else "body")
        font.setStrikeOut(self._struck)
        metrics = QFontMetrics(font)
        room = max(0, right - left)
        beside = (
            QFontMetrics(theme().font("small")).size(0, self._more).width() if self._more else 0
        )
        # However long the text is, what stands beside it can be told from its beginning.
        named = max(room * 6 // 10, room - beside - theme().px(10)) if beside else room
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, named)
        painter.setFont(font)
        painter.setPen(QColor(tokens().muted if self._struck else tokens().text))
        painter.drawText(QRect(left, 0, room, self.height()), _LEFT, shown)
        left += metrics.horizontalAdvance(shown) + theme().px(10)
        if self._more and right - left > theme().px(36):
            small = theme().font("small")
            words = QFontMetrics(small).elidedText(
                self._more, Qt.TextElideMode.ElideRight, right - left
            )
            painter.setFont(small)
            painter.setPen(QColor(tokens().muted))
            painter.drawText(QRect(left, 0, right - left, self.height()), _LEFT, words)


class TextLink(Clickable):
    """Muted words within a line that lead somewhere; underlined under the pointer."""

    def __init__(
        self, text: str = "", *, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._strong = strong
        self.set_words(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._font()
        lit = self.underMouse() or self.hasFocus()
        font.setUnderline(lit)
        painter.setFont(font)
        plain = tokens().text if self._strong else tokens().muted
        painter.setPen(QColor(tokens().link if lit else plain))
        painter.drawText(self.rect(), _LEFT, self.text())

    def _font(self) -> QFont:
        return theme().font("strong" if self._strong else "body")


class FigureButton(Clickable):
    """One number with its name above and a comparison below; opens the rows behind it."""

    def __init__(
        self, label: str, value: str, beside: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label, self._value, self._beside = label, value, beside
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = tr("format.colon", name=label, value=value)
        self.setAccessibleName(tr("format.list_separator").join(p for p in (said, beside) if p))
        self.setToolTip("")

    def value(self) -> str:
        """The number as it is shown."""
        return self._value

    def on_paper(self) -> PaperFigure:
        """The same for a page that is printed."""
        return PaperFigure(self._label, self._value, self._beside)

    def sizeHint(self) -> QSize:
        small = QFontMetrics(theme().font("small"))
        large = QFontMetrics(theme().font("kpi"))
        widest = max(
            small.horizontalAdvance(self._label),
            large.horizontalAdvance(self._value),
            small.horizontalAdvance(self._beside),
        )
        height = small.height() * 2 + large.height() + 12
        return QSize(widest + _INSET * 2 + 4, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(72), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint_ground(self, painter)
        top = 4
        for words, role, tone in (
            (self._label, "small", tokens().muted),
            (self._value, "kpi", tokens().text),
            (self._beside, "small", tokens().muted),
        ):
            font = theme().font(role)
            metrics = QFontMetrics(font)
            room = QRect(_INSET, top, self.width() - _INSET * 2, metrics.height())
            painter.setFont(font)
            painter.setPen(QColor(tone))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, shown)
            top += metrics.height() + 2
