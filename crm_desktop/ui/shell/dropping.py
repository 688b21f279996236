"""Files and text dropped on the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place

if TYPE_CHECKING:
    from crm_desktop.ui.shell.window import MainWindow

_IMPORTABLE = {".xlsx", ".xls", ".xlsm", ".csv", ".txt", ".tsv", ".vcf", ".ods"}


def dropped_file(data: QMimeData) -> Path | None:
    """The first file of this computer among what is dragged."""
    for url in data.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    return None


def dropped_text(data: QMimeData) -> str:
    """Words dragged out of another program; "" for anything else."""
    return data.text().strip() if data.hasText() and not data.urls() else ""


def is_importable(file: Path) -> bool:
    """Whether the import page knows files of this ending."""
    return file.suffix.lower() in _IMPORTABLE


def entered(window: MainWindow, event: QDragEnterEvent) -> None:
    """Something is dragged over the window."""
    data = event.mimeData()
    if window.desk is not None and (dropped_file(data) is not None or dropped_text(data)):
        event.acceptProposedAction()


def dropped(window: MainWindow, event: QDropEvent) -> None:
    """Something was dropped: a file goes to the page of imports, text becomes a record."""
    file = dropped_file(event.mimeData())
    if file is None:
        text = dropped_text(event.mimeData())
        if text and window.desk is not None:
            event.acceptProposedAction()
            window.actions_of_shell.paste_new(text)
        return
    event.acceptProposedAction()
    if is_importable(file):
        window.navigator.go(Place.to("import", file=str(file)))
    else:
        window.toast(tr("shell.drop_unknown"))
