"""An address card as a QR code: scanned with a phone, it becomes a contact there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.domain.kinds import Ref
from crm_desktop.services.cards import Modules
from crm_desktop.services.saving import save_bytes
from crm_desktop.ui.context import Context
from crm_desktop.ui.file_dialogs import FileKind, Purpose, ask_save
from crm_desktop.ui.language import tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import LIGHT
from crm_desktop.ui.widgets import Button, PlainLabel, Popover

QUIET = 4  # modules of light around the code, by its standard
_SIDE = 264
_PICTURE_SIDE = 1024


class CodeView(QWidget):
    """Always dark on light, also in the dark theme: scanners want it so."""

    def __init__(self, modules: Modules, name: str) -> None:
        super().__init__()
        self.modules = modules
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme().px(_SIDE)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_code(painter, self.modules, min(self.width(), self.height()))


def paint_code(painter: QPainter, modules: Modules, side: int) -> None:
    """Draw the code with its quiet edge into a square of `side` pixels, every module whole."""
    count = len(modules) + 2 * QUIET
    step = max(1, side // count)
    edge = (side - step * count) / 2 + step * QUIET
    painter.fillRect(0, 0, side, side, QColor(LIGHT.surface))
    ink = QColor(LIGHT.text)
    for row, line in enumerate(modules):
        for place, dark in enumerate(line):
            if dark:
                painter.fillRect(QRectF(edge + place * step, edge + row * step, step, step), ink)


def picture(modules: Modules) -> bytes:
    """The code as a PNG."""
    image = QImage(_PICTURE_SIDE, _PICTURE_SIDE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_code(painter, modules, _PICTURE_SIDE)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(held.data())


class QrPopover(Popover):
    """Shows the code; saves it as a picture, or the card as a file."""

    def __init__(self, context: Context, owner: QWidget, ref: Ref, modules: Modules) -> None:
        super().__init__(owner)
        self._context, self._ref = context, ref
        self.body.addWidget(PlainLabel(ref.title, role="strong", wrap=True))
        self.code = CodeView(modules, tr("people.qr_of", name=ref.title))
        self.body.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(
            PlainLabel(tr("people.qr_about"), role="small", tone="muted", wrap=True)
        )
        row = QHBoxLayout()
        self.save_picture = Button(tr("people.qr_picture"), icon_name="image", small=True)
        self.save_picture.clicked.connect(lambda: self._ask("png"))
        self.save_card = Button(tr("people.qr_card"), icon_name="contact", small=True)
        self.save_card.clicked.connect(lambda: self._ask("vcf"))
        row.addWidget(self.save_picture)
        row.addWidget(self.save_card)
        row.addStretch(1)
        self.body.addLayout(row)
        self.setFixedWidth(theme().px(_SIDE + 56))
        self.closed.connect(self.deleteLater)
        context.navigator.moved.connect(self.dismiss)

    def save_to(self, path: Path) -> None:
        """Write the picture, or for .vcf the card with its addresses."""
        context, ref, modules = self._context, self._ref, self.code.modules
        cards = context.services.cards
        data = picture(modules) if path.suffix.casefold() == ".png" else None

        def work() -> None:
            save_bytes(path, cards.vcard(ref) if data is None else data)

        told = tr("common.saved_as", name=path.name)
        context.jobs.run_reader(work, lambda _done: context.window.toast(told))

    def _ask(self, suffix: str) -> None:
        words = tr("export.cards" if suffix == "vcf" else "orgchart.picture")
        chosen = ask_save(
            self,
            Purpose.EXPORT,
            tr("common.save_as"),
            name=f"{self._ref.title}.{suffix}",
            kinds=(FileKind(words, (suffix,)),),
        )
        if chosen is not None:
            self.save_to(chosen.path)
            self.dismiss()
