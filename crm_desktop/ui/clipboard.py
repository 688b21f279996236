"""What is given to the clipboard in more than one form."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from crm_desktop.services.exports.clipping import Clipping


def keep(rows: Clipping) -> None:
    """Rows, for whoever takes text and for spreadsheets."""
    data = QMimeData()
    data.setText(rows.text)
    data.setHtml(rows.html)
    QGuiApplication.clipboard().setMimeData(data)
