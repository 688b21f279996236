"""Asking where a file goes, and going to it afterwards: the one door to native dialogs here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.ui.language import tr


def ask_where(parent: QWidget, suggested: Path) -> Path | None:
    """Where to write a table, as a workbook or as CSV; None when the user changed his mind."""
    kinds = {f"{tr('export.workbook')} (*.xlsx)": ".xlsx", f"{tr('export.csv')} (*.csv)": ".csv"}
    name, chosen = QFileDialog.getSaveFileName(
        parent, tr("export.save_as"), str(suggested), ";;".join(kinds)
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() not in kinds.values():
        path = path.with_name(path.name + kinds.get(chosen, ".xlsx"))
    return path


def ask_pdf(parent: QWidget, suggested: Path) -> Path | None:
    """Where to print a list to; None when the user changed his mind."""
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("export.print_as"), str(suggested), "PDF (*.pdf)"
    )
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def open_file(path: Path) -> None:
    """Open a file with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_folder(path: Path) -> None:
    """Show the folder a file lies in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
