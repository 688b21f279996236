"""Chips, avatars and stars, as widgets and as drawing for lists and cards."""

from __future__ import annotations

from zlib import crc32

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme, tokens
from crm_desktop.ui.theme.tokens import CHIP_HEIGHT, FOCUS_RING, GAP
from crm_desktop.ui.theme.tokens import Chip as ChipColours

_AWAY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_RIM = 130  # of 255
_AVATAR_COLOURS = ("blue", "green", "amber", "red", "purple", "teal")
_STAR = (
    (0.5, 0.05), (0.62, 0.38), (0.97, 0.39), (0.69, 0.6), (0.79, 0.94),
    (0.5, 0.74), (0.21, 0.94), (0.31, 0.6), (0.03, 0.39), (0.38, 0.38),
)  # fmt: skip


def chip_size(text: str) -> QSize:
    """How large a chip with this text is."""
    metrics = QFontMetrics(theme().font("small"))
    height = max(theme().px(CHIP_HEIGHT), metrics.height() + 2)
    return QSize(metrics.horizontalAdvance(text) + theme().px(GAP) * 2, height)


def paint_chip(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    *,
    colour: str = "grey",
    cut: int = 0,
    rim: bool = False,
) -> None:
    """Draw a chip filling `rect`, its text elided; `cut` pixels stay free on the right.

    `rim` draws its edge: for grounds of nearly its own colour, as that of a chosen row.
    """
    box = QRectF(rect)
    look = tokens().chip(colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_rim(look) if rim else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.fill))
    radius = min(box.height() / 2, theme().px(10))
    inset = 0.5 if rim else 0.0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
    font = theme().font("small")
    painter.setFont(font)
    painter.setPen(QColor(look.text))
    inner = box.adjusted(theme().px(GAP), 0, -theme().px(GAP) - cut + 2, 0)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


def _rim(look: ChipColours) -> QPen:
    line = QColor(look.solid)
    line.setAlpha(_RIM)
    return QPen(line, 1)


def initials(name: str, *, long: bool = False) -> str:
    """WZ for Wei Zhang; 张 for 张伟, or its last two characters when `long`."""
    words = name.split()
    if not words:
        return "?"
    if "\u3400" <= words[0][0] <= "\u9fff":
        joined = "".join(words)
        return joined[-2:] if long else joined[0]
    first = words[0][0]
    last = words[-1][0] if len(words) > 1 else ""
    return (first + last).upper()


def avatar_colour(name: str) -> str:
    """The chip colour of a name, the same on every machine and every day."""
    return _AVATAR_COLOURS[crc32(name.encode()) % len(_AVATAR_COLOURS)]


def paint_avatar(
    painter: QPainter,
    rect: QRect | QRectF,
    name: str,
    *,
    long: bool = False,
    rim: bool = False,
) -> None:
    """Draw a round avatar with the initials of `name`; `rim` as for chips."""
    box = QRectF(rect)
    side = min(box.width(), box.height())
    circle = QRectF(0, 0, side, side)
    circle.moveCenter(box.center())
    look = tokens().chip(avatar_colour(name))
    text = initials(name, long=long)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_rim(look) if rim else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.fill))
    inset = 0.5 if rim else 0.0
    painter.drawEllipse(circle.adjusted(inset, inset, -inset, -inset))
    font = theme().font("caption")
    wide = len(text) > 1 and text[0] > "\u3400"
    font.setPixelSize(max(8, round(side * (0.36 if wide else 0.4 if len(text) > 1 else 0.48))))
    painter.setFont(font)
    painter.setPen(QColor(look.text))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def paint_portrait(painter: QPainter, rect: QRect, picture: QImage) -> None:
    """Draw the middle of a picture as a circle filling `rect`."""
    side = min(picture.width(), picture.height())
    part = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
    path = QPainterPath()
    path.addEllipse(QRectF(rect))
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.setClipPath(path)
    painter.drawImage(rect, picture, part)
    painter.restore()


def paint_stars(painter: QPainter, rect: QRect | QRectF, value: float, *, most: int = 5) -> None:
    """Draw `value` of `most` stars, left-aligned and vertically centred in `rect`.

    Of 2.6 the third star is filled by six tenths.
    """
    box = QRectF(rect)
    side = min(box.height(), theme().px(16))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for index in range(most):
        left, top = box.left() + index * (side + 2), box.center().y() - side / 2
        star = QPolygonF([QPointF(left + x * side, top + y * side) for x, y in _STAR])
        share = max(0.0, min(1.0, value - index))
        colour = QColor(tokens().star if share else tokens().border_strong)
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(colour if share == 1 else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(star)
        if 0 < share < 1:
            painter.save()
            painter.setClipRect(QRectF(left, top, side * share, side))
            painter.setBrush(colour)
            painter.drawPolygon(star)
            painter.restore()
    painter.restore()


class Chip(QWidget):
    """A word in a colour: a status, a filter, a tag; with a cross when it can be taken away."""

    closed = Signal()
    clicked = Signal()

    def __init__(
        self,
        text: str,
        *,
        colour: str = "grey",
        closable: bool = False,
        clickable: bool = False,
        rim: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._colour, self._rim = text, colour, rim
        self._closable, self._clickable = closable, clickable
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if closable or clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()
        theme().changed.connect(self.updateGeometry)

    def text(self) -> str:
        """The word."""
        return self._text

    def set_text(self, text: str, colour: str | None = None) -> None:
        """Show another word, and perhaps another colour."""
        self._text = text
        self._colour = colour or self._colour
        self._tell()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        hint = chip_size(self._text)
        return QSize(hint.width() + self._cross(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme().px(40)), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.ShortcutOverride and self._closable and key in _AWAY:
            event.accept()  # Delete is meant for the chip, not for the record of the page
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._closable and key in _AWAY:
            self.closed.emit()
        elif self._clickable and key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.rect().contains(
            event.position().toPoint()
        ):
            return
        on_cross = event.position().x() >= self.width() - self._cross() - 4
        if self._closable and (on_cross or not self._clickable):
            self.closed.emit()
        elif self._clickable:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words, cut = self._text, self._cross()
        paint_chip(painter, self.rect(), words, colour=self._colour, cut=cut, rim=self._rim)
        if self._closable:
            side = theme().px(12)
            left = self.width() - side - theme().px(6)
            box = QRectF(left, (self.height() - side) / 2, side, side)
            paint_icon(painter, "x", box, token=f"chip.{self._colour}")
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 9, 9)

    def _cross(self) -> int:
        return theme().px(12) if self._closable else 0

    def _tell(self) -> None:
        name = tr("common.remove_named", name=self._text) if self._closable else self._text
        self.setAccessibleName(name)


class Avatar(QWidget):
    """The initials of a person or a company in a circle of a colour of their own."""

    def __init__(
        self, name: str = "", *, size: int = 24, long: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._size, self._long = name, size, long
        self._picture = QImage()
        self.setAccessibleName(name)
        self._resize()
        theme().changed.connect(self._resize)

    def set_name(self, name: str) -> None:
        """Show somebody else."""
        self._name = name
        self._tell_name()

    @property
    def has_picture(self) -> bool:
        """Whether a picture stands in the place of the initials."""
        return not self._picture.isNull()

    def set_picture(self, picture: QImage) -> None:
        """Show a picture, its middle in the circle; a null one shows the initials."""
        self._picture = picture
        self._tell_name()

    def _tell_name(self) -> None:
        words = tr("people.picture", name=self._name) if self.has_picture else self._name
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.has_picture:
            paint_portrait(painter, self.rect(), self._picture)
        else:
            paint_avatar(painter, self.rect(), self._name, long=self._long)

    def _resize(self) -> None:
        side = theme().px(self._size)
        self.setFixedSize(side, side)


class Stars(QWidget):
    """A rating of a few stars, by mouse, arrow keys or digits; the same star again clears it."""

    changed = Signal(int)

    def __init__(
        self,
        value: int = 0,
        *,
        most: int = 5,
        read_only: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value, self._most, self._read_only, self._name = value, most, read_only, name
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if not read_only:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_value(value)

    def value(self) -> int:
        """How many stars; 0 means not rated."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show a rating without telling anyone."""
        self._value = max(0, min(value, self._most))
        rating = tr("common.rating_of", value=self._value, most=self._most)
        self.setAccessibleName(f"{self._name} {rating}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(16)
        return QSize(self._most * (side + 2) + 6, side + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        digit = key - Qt.Key.Key_0.value
        if self._read_only or (step is None and not 0 <= digit <= self._most):
            super().keyPressEvent(event)
        else:
            self._choose(digit if step is None else self._value + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._read_only:
            index = int((event.position().x() - 3) // (theme().px(16) + 2)) + 1
            self._choose(0 if index == self._value else index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inner = self.rect().adjusted(3, 4, -3, -4)
        paint_stars(painter, inner, self._value, most=self._most)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens().accent), FOCUS_RING))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 5, 5)

    def _choose(self, value: int) -> None:
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.changed.emit(self._value)
