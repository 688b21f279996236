"""The picture of a person: shown in the place of the initials, chosen, pasted, removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QImageReader, QImageWriter

from crm_desktop.ui.file_dialogs import Purpose, ask_open, picture_kind
from crm_desktop.ui.language import tr

if TYPE_CHECKING:
    from crm_desktop.ui.record.page import RecordPage

_SIDE = 512  # pixels of the longer side: sharp in every size that is shown, and on a phone
_MOST_BYTES = 20 * 1024 * 1024


def read_picture(path: Path) -> QImage:
    """A picture turned upright and no larger than needed; a null one where it cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return QImage()
    except OSError:
        return QImage()
    return _read(QImageReader(str(path)))


def picture_of(data: bytes) -> QImage:
    """The picture in these bytes; a null one where there is none."""
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return _read(QImageReader(buffer))


def _read(reader: QImageReader) -> QImage:
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _SIDE:
        reader.setScaledSize(size.scaled(_SIDE, _SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image: QImage = reader.read()
    return image


def as_jpeg(image: QImage) -> bytes:
    """The picture as it is kept; empty for a null one."""
    if image.isNull():
        return b""
    if max(image.width(), image.height()) > _SIDE:
        image = image.scaled(
            QSize(_SIDE, _SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(90)
    writer.write(image)
    return bytes(data.data())


class Portrait(QObject):
    """Three entries of the Record menu on the page of a person."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page
        self.choose, self.paste, self.remove = QAction(self), QAction(self), QAction(self)
        self.choose.triggered.connect(self._ask)
        self.paste.triggered.connect(self._paste)
        self.remove.triggered.connect(self._remove)
        # A picture may be copied while the page is open.
        QGuiApplication.clipboard().dataChanged.connect(self._look_at_clipboard)
        self.retranslate()

    def actions(self) -> list[QAction]:
        """All of them; they can do what makes sense now."""
        self._look_at_clipboard()
        self.remove.setEnabled(self._page.header.avatar.has_picture)
        return [self.choose, self.paste, self.remove]

    def _look_at_clipboard(self) -> None:
        held = QGuiApplication.clipboard().mimeData()  # None where nothing is held
        self.paste.setEnabled(held is not None and held.hasImage())

    def retranslate(self) -> None:
        """Their words again."""
        self.choose.setText(tr("people.choose_picture"))
        self.paste.setText(tr("people.paste_picture"))
        self.remove.setText(tr("people.remove_picture"))

    def show(self, data: bytes | None) -> None:
        """Show somebody's picture; the initials where there is none."""
        self._page.header.avatar.set_picture(picture_of(data) if data else QImage())
        self.remove.setEnabled(self._page.header.avatar.has_picture)

    def set_from(self, path: Path) -> None:
        """Take a picture from a file."""
        data = as_jpeg(read_picture(path))
        if data:
            self._set(data)
        else:
            told = tr("people.picture_unreadable", name=path.name)
            self._page.context.window.toast(told)

    def _ask(self) -> None:
        title = tr("people.choose_picture")
        path = ask_open(self._page, Purpose.PICTURE, title, kinds=(picture_kind(),))
        if path is not None:
            self.set_from(path)

    def _paste(self) -> None:
        data = as_jpeg(QGuiApplication.clipboard().image())
        if data:
            self._set(data)

    def _set(self, data: bytes) -> None:
        ref, people = self._page.editing.ref, self._page.context.services.people
        if ref is not None:
            self._page.editing.write(lambda: people.set_picture(ref.id, data))

    def _remove(self) -> None:
        ref, people = self._page.editing.ref, self._page.context.services.people
        if ref is not None:
            self._page.editing.write(lambda: people.remove_picture(ref.id))
