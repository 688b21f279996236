"""Drawing an org chart: the same code paints the window, pictures and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from crm_desktop.domain.orgchart import Member
from crm_desktop.ui.orgchart.layout import Measures, Plan
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import FOCUS_RING, RADIUS_CARD, Tokens
from crm_desktop.ui.widgets.chips import avatar_colour, initials

_BAR = 4.0  # the strip of a role's colour on the left of a box
_PAD = 10.0
_NARROWEST, _WIDEST = 212, 264  # of a box, in pixels at 100 %


@dataclass(frozen=True, slots=True)
class Said:
    """The words and the colour of one box."""

    name: str
    about: str  # job title and department
    role: str
    colour: str  # of the role
    attitude: str
    attitude_colour: str
    influence: int
    when_left: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What the pointer and the keyboard are at; nothing of it goes to paper."""

    chosen: int | None = None
    focused: bool = False
    target: int | None = None  # where a dragged person would land
    forbidden: bool = False
    dragged: int | None = None


NO_MARKS = Marks()


def measures(scale: float = 1.0, said: Iterable[Said] = ()) -> Measures:
    """The sizes at 100 % text times `scale`; boxes as wide as the longest words, within bounds."""
    px = theme().px
    width = max(px(_NARROWEST), min(px(_WIDEST), max(map(_wanted, said), default=0)))
    return Measures(width * scale, px(86) * scale, px(24) * scale, px(40) * scale, px(34) * scale)


def _wanted(said: Said) -> int:
    """How wide a box has to be for all that it says."""
    strong, small = (QFontMetricsF(theme().font(role)) for role in ("strong", "small"))
    star = strong.horizontalAdvance("★") + 4 if said.important else 0
    name = strong.horizontalAdvance(said.name) + star
    head = theme().px(36) + 8 + max(name, small.horizontalAdvance(said.about))
    chips = [text for text in (said.role, said.attitude) if text]
    foot = sum(small.horizontalAdvance(text) + 2 * theme().px(7) + 5 for text in chips)
    if said.influence:
        foot += small.horizontalAdvance("●○○") + 8
    return ceil(_BAR + 2 * _PAD + max(head, foot)) + 1


class ChartPainter:
    """Draws plans in the colours of `look`; `said` and `heading` give the words."""

    def __init__(
        self, look: Tokens, said: Callable[[Member], Said], heading: Callable[[str, int], str]
    ) -> None:
        self._look = look
        self._said = said
        self._heading = heading

    def paint(
        self, painter: QPainter, plan: Plan, marks: Marks = NO_MARKS, clip: QRectF | None = None
    ) -> None:
        """Draw the plan at its own coordinates; what lies outside of `clip` is left out."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._look.border_strong), 1.4)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in plan.lines:
            painter.drawPolyline(list(line))
        for code, count, box in plan.headings:
            self._paint_heading(painter, self._heading(code, count), box)
        for person, box in plan.boxes.items():
            if clip is None or clip.intersects(box):
                self.paint_box(painter, plan.members[person], box, marks)

    def paint_box(
        self, painter: QPainter, member: Member, box: QRectF, marks: Marks = NO_MARKS
    ) -> None:
        """One person."""
        look, said = self._look, self._said(member)
        person = member.person.id
        painter.save()
        if member.left:
            painter.setOpacity(0.62)
        if person == marks.dragged:
            painter.setOpacity(0.4)
        self._paint_frame(painter, box, said, member, marks)
        if member.left:
            painter.setOpacity(0.75)
        side = theme().px(36)
        # Who has nothing below the name stands in the middle of the box.
        foot = member.left or said.role or said.attitude or said.influence
        head = box.top() + _PAD if foot else box.center().y() - side / 2
        circle = QRectF(box.left() + _BAR + _PAD, head, side, side)
        self._paint_initials(painter, circle, said.name)
        x = circle.right() + 8
        width = box.right() - _PAD - x
        star = "★" if said.important else ""
        strong, small = theme().font("strong"), theme().font("small")
        line = QFontMetricsF(strong).height()
        top = head - 2 if said.about else circle.center().y() - line / 2
        if star:
            wide = QFontMetricsF(strong).horizontalAdvance(star) + 4
            mark = QRectF(box.right() - _PAD - wide, top, wide, line)
            self._text(painter, mark, star, strong, look.star, right=True)
            width -= wide
        self._text(painter, QRectF(x, top, width, line), said.name, strong, look.text)
        small_line = QFontMetricsF(small).height()
        about = QRectF(x, top + line, box.right() - _PAD - x, small_line)
        self._text(painter, about, said.about, small, look.muted)
        self._paint_foot(painter, box, said, member)
        painter.restore()

    def _paint_frame(
        self, painter: QPainter, box: QRectF, said: Said, member: Member, marks: Marks
    ) -> None:
        look, person = self._look, member.person.id
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(inner, RADIUS_CARD, RADIUS_CARD)
        line, width = look.border_strong, 1.0
        fill = look.window if member.left else look.surface
        if person == marks.target:
            line, width = (look.danger if marks.forbidden else look.accent), 2.0
            fill = look.red.fill if marks.forbidden else look.selection
        elif person == marks.chosen:
            line, width = look.accent, float(FOCUS_RING if marks.focused else 1.5)
            fill = look.selection if marks.focused else fill
        painter.fillPath(path, QColor(fill))
        if said.role:
            painter.save()
            painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
            strip = QRectF(inner.left(), inner.top(), _BAR, inner.height())
            painter.fillRect(strip, QColor(look.chip(said.colour).solid))
            painter.restore()
        pen = QPen(QColor(line), width)
        if member.left:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _paint_initials(self, painter: QPainter, circle: QRectF, name: str) -> None:
        chip = self._look.chip(avatar_colour(name))
        text = initials(name, long=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chip.fill))
        painter.drawEllipse(circle)
        font = QFont(theme().font("caption"))
        wide = len(text) > 1 and text[0] > "\u3400"
        font.setPixelSize(max(8, round(circle.width() * (0.36 if wide else 0.4))))
        painter.setFont(font)
        painter.setPen(QColor(chip.text))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_foot(self, painter: QPainter, box: QRectF, said: Said, member: Member) -> None:
        """Role, attitude and influence as chips, from the left; or when the person left."""
        height = theme().px(20)
        y = box.bottom() - _PAD + 2 - height
        x, end = box.left() + _BAR + _PAD, box.right() - _PAD
        if member.left:
            line = QRectF(x, y, end - x, height)
            self._text(painter, line, said.when_left, theme().font("small"), self._look.muted)
            return
        influence = "●" * said.influence + "○" * (3 - said.influence) if said.influence else ""
        if influence:
            font = theme().font("small")
            wide = QFontMetricsF(font).horizontalAdvance(influence) + 2
            self._text(
                painter,
                QRectF(end - wide, y, wide, height),
                influence,
                font,
                self._look.muted,
                right=True,
            )
            end -= wide + 6
        for text, colour in ((said.role, said.colour), (said.attitude, said.attitude_colour)):
            if text:
                x = self._chip(painter, QPointF(x, y), height, end - x, text, colour) + 4

    def _chip(
        self, painter: QPainter, at: QPointF, height: float, room: float, text: str, colour: str
    ) -> float:
        """A chip as wide as its text, or as the room; returns where it ends."""
        font = theme().font("small")
        gap = theme().px(7)
        width = min(QFontMetricsF(font).horizontalAdvance(text) + 2 * gap + 1, room)
        if width < 3 * gap:
            return at.x()
        box = QRectF(at.x(), at.y(), width, height)
        chip = self._look.chip(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chip.fill))
        painter.drawRoundedRect(box, height / 2, height / 2)
        self._text(painter, box.adjusted(gap, 0, -gap + 1, 0), text, font, chip.text)
        return box.right()

    def _paint_heading(self, painter: QPainter, text: str, box: QRectF) -> None:
        painter.save()
        self._text(painter, box.adjusted(0, 0, 0, -8), text, theme().font("caption"),
                   self._look.muted)  # fmt: skip
        painter.setPen(QPen(QColor(self._look.border), 1))
        y = box.bottom() - 6
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.restore()

    @staticmethod
    def _text(
        painter: QPainter, box: QRectF, text: str, font: QFont, colour: str, *, right: bool = False
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, shown)
