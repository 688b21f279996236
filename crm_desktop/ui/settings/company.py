"""My company: what quotes and contracts say about the firm, and its logo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageReader, QImageWriter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_desktop.ui.context import Context
from crm_desktop.ui.file_dialogs import Purpose, ask_open, picture_kind
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.form import Form
from crm_desktop.ui.settings.group import Group, explain, flow
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import Button, PlainLabel

_FIELDS = (
    "name",
    "english_name",
    "address",
    "phone",
    "email",
    "website",
    "contact",
    "tax_number",
    "bank_name",
    "bank_account",
)
_LARGEST = 1200  # pixels on the longer side: plenty for paper
_MOST_BYTES = 20 * 1024 * 1024


def read_logo(path: Path) -> bytes:
    """The picture as a PNG of a sensible size; empty where it cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return b""
    except OSError:
        return b""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _LARGEST:
        reader.setScaledSize(size.scaled(_LARGEST, _LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image: QImage = reader.read()
    if image.isNull():
        return b""
    if image.width() > _LARGEST or image.height() > _LARGEST:
        image = image.scaled(
            QSize(_LARGEST, _LARGEST),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


class LogoField(QWidget):
    """The logo as it is, with choose, drop and remove."""

    def __init__(self, group: CompanyGroup) -> None:
        super().__init__()
        self._group = group
        self._data = b""
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_CARD)
        self.picture = QLabel()
        self.picture.setTextFormat(Qt.TextFormat.PlainText)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAutoFillBackground(True)
        row.addWidget(self.picture)
        column = QVBoxLayout()
        column.setSpacing(GAP)
        self._title = PlainLabel(role="small", tone="muted")
        column.addWidget(self._title)
        self.choose, self.remove = Button(icon_name="image", small=True), Button(small=True)
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(lambda: group.set_logo(b""))
        column.addWidget(flow(self.choose, self.remove))
        self._hint = PlainLabel(role="small", tone="muted", wrap=True)
        column.addWidget(self._hint)
        column.addStretch(1)
        row.addLayout(column, 1)
        theme().changed.connect(self._draw)

    def show_logo(self, data: bytes) -> None:
        """Show a logo; empty bytes show that there is none."""
        self._data = data
        self.remove.setVisible(bool(data))
        self._draw()

    def retranslate(self) -> None:
        """All words again."""
        self._title.setText(tr("settings.company.logo"))
        self.picture.setAccessibleName(tr("settings.company.logo"))
        self.choose.setText(tr("common.choose_file"))
        self.remove.setText(tr("common.remove"))
        self._hint.setText(tr("settings.company.logo_hint"))
        self._draw()

    def take(self, path: Path) -> None:
        """Use the picture in a file."""
        data = read_logo(path)
        if data:
            self._group.set_logo(data)
        else:
            self._hint.setText(tr("settings.company.logo_unreadable", name=path.name))

    def _choose(self) -> None:
        path = ask_open(self, Purpose.PICTURE, tr("settings.company.logo"), kinds=(picture_kind(),))
        if path is not None:
            self.take(path)

    def _draw(self) -> None:
        look = theme()
        size = QSize(look.px(120), look.px(60))
        self.picture.setFixedSize(size)
        picture = QPixmap()
        if self._data and picture.loadFromData(self._data):
            mode = Qt.TransformationMode.SmoothTransformation
            keep = Qt.AspectRatioMode.KeepAspectRatio
            self.picture.setPixmap(picture.scaled(size, keep, mode))
        else:
            self.picture.setPixmap(QPixmap())
            self.picture.setText(tr("settings.company.no_logo"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.take(Path(url.toLocalFile()))
                return


class CompanyGroup(Group):
    """The firm's own data."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card, self._about = self.add_card()
        self.form = Form("company", self._save)
        for key in _FIELDS:
            self.form.text(key)
        self.forms.append(self.form)
        self._card.body.addWidget(self.form)
        self._logo_card, _ = self.add_card()
        self.logo = LogoField(self)
        self._logo_card.body.addWidget(self.logo)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.company"))
        explain(self._about, tr("settings.company.about"))
        self.logo.retranslate()

    def refresh(self) -> None:
        own = self.context.services.business.own_company()
        self.form.show_values({key: getattr(own, key) for key in _FIELDS})
        self.logo.show_logo(self.context.services.business.logo())

    def set_logo(self, data: bytes) -> None:
        """Keep a logo in the book, or take it away."""
        business = self.context.services.business
        self.write(lambda: business.set_logo(data), lambda _done: self.logo.show_logo(data))

    def _save(self, key: str, value: Any) -> None:
        business = self.context.services.business
        self.write(lambda: business.set_own_company(**{key: str(value or "")}))
