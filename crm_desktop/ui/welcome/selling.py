"""Five tiles of which one is taken: how the firm sells."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from crm_desktop.domain.selling import WAYS
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import paint_icon, theme
from crm_desktop.ui.theme.tokens import FOCUS_RING, GAP, GAP_CARD, RADIUS_CARD
from crm_desktop.ui.widgets import PlainLabel
from crm_desktop.ui.widgets.lines import Clickable
from crm_desktop.ui.widgets.tiles import Tiles

_ICONS = {
    "standard": "handshake",
    "promotion": "shopping-cart",
    "project": "layers",
    "membership": "contact",
    "key_accounts": "crown",
}
_LEAST = 164  # pixels at 100 %
_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class WayTile(Clickable):
    """One way: a picture, its name, one line about it."""

    def __init__(self, symbol: str) -> None:
        super().__init__()
        self._symbol, self._about = symbol, ""
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, name: str, about: str) -> None:
        """All words again."""
        self.setText(name)
        self._about = about
        self.setAccessibleName(tr("format.list_separator").join((name, about)))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()  # the row of tiles knows where it leads
        else:
            super().keyPressEvent(event)

    def heightForWidth(self, width: int) -> int:
        return round(self._places(width)[2].bottom()) + GAP_CARD

    def sizeHint(self) -> QSize:
        width = theme().px(_LEAST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        taken = self.isChecked()
        edge = look.colour("accent" if taken or self.hasFocus() else "border_strong")
        painter.setPen(QPen(edge, FOCUS_RING if taken or self.hasFocus() else 1))
        ground = "selection" if taken else "subtle" if self.underMouse() else "surface"
        painter.setBrush(look.colour(ground))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        if self.hasFocus() and taken:
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(4, 4, -4, -4), 4, 4)
        icon, name, about = self._places(self.width())
        paint_icon(painter, self._symbol, icon, token="accent" if taken else "muted")
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("strong"))
        painter.drawText(name, _WORDS, self.text())
        painter.setPen(look.colour("muted"))
        painter.setFont(look.font("small"))
        painter.drawText(about, _WORDS, self._about)

    def _places(self, width: int) -> tuple[QRectF, QRectF, QRectF]:
        """Where the picture, the name and the line about it stand in a tile so wide."""
        look, room = theme(), width - 2 * GAP_CARD
        side = look.px(20)
        icon = QRectF(GAP_CARD, GAP_CARD, side, side)
        top = icon.bottom() + GAP / 2
        name = QRectF(GAP_CARD, top, room, self._height(self.text(), "strong", room))
        about = QRectF(GAP_CARD, name.bottom() + 2, room, self._height(self._about, "small", room))
        return icon, name, about

    @staticmethod
    def _height(text: str, role: str, width: int) -> int:
        metrics = QFontMetrics(theme().font(role))
        return metrics.boundingRect(0, 0, width, 10_000, _WORDS, text).height()


class WaysOfSelling(QWidget):
    """Asks how the firm sells; arrows move among the tiles, one is always taken."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._how, self._about = PlainLabel(role="strong"), PlainLabel(tone="muted", wrap=True)
        column.addWidget(self._how)
        self._row = Tiles(_LEAST, gap=GAP)
        self.tiles = {way: WayTile(_ICONS[way]) for way in WAYS}
        for way, tile in self.tiles.items():
            tile.clicked.connect(lambda _checked=False, way=way: self._take(way))
        self._row.set_tiles(list(self.tiles.values()))
        column.addWidget(self._row)
        column.addWidget(self._about)

    def show_way(self, way: str) -> None:
        """Mark the way that is chosen."""
        for key, tile in self.tiles.items():
            tile.setChecked(key == way)

    def retranslate(self) -> None:
        """All words again."""
        self._how.setText(tr("welcome.how"))
        self._about.setText(tr("welcome.how_about"))
        for way, tile in self.tiles.items():
            tile.set_words(tr(f"list.pipeline.{way}"), tr(f"welcome.way.{way}"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        tiles = list(self.tiles.values())
        here = next((number for number, tile in enumerate(tiles) if tile.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        tile = tiles[(here + step) % len(tiles)]
        tile.setFocus(Qt.FocusReason.TabFocusReason)
        tile.click()

    def _take(self, way: str) -> None:
        self.show_way(way)
        self.chosen.emit(way)
