"""Where a PDF goes, and going to it afterwards: the one door to native dialogs of documents."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.ui.language import tr


def documents_folder() -> Path:
    """Where people keep their documents; their home where the system names no such place."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(found) if found else Path.home()
    return folder if folder.is_dir() else Path.home()


def ask_where(parent: QWidget, suggested: Path) -> Path | None:
    """Where to write the PDF; None when the user changed his mind."""
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("paper_page.save_pdf"), str(suggested), "PDF (*.pdf)"
    )
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def ask_where_workbook(parent: QWidget, suggested: Path) -> Path | None:
    """Where to write a workbook; None when the user changed his mind."""
    name, _ = QFileDialog.getSaveFileName(
        parent, tr("paper_page.save_workbook"), str(suggested), "Excel (*.xlsx)"
    )
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")


def ask_workbook(parent: QWidget) -> Path | None:
    """A workbook that is to be a template."""
    name, _ = QFileDialog.getOpenFileName(
        parent, tr("paper_page.choose_workbook"), str(documents_folder()), "Excel (*.xlsx *.xlsm)"
    )
    return Path(name) if name else None


def ask_picture(parent: QWidget) -> Path | None:
    """A picture for the logo."""
    kinds = f"{tr('paper_page.pictures')} (*.png *.jpg *.jpeg)"
    name, _ = QFileDialog.getOpenFileName(
        parent, tr("paper_page.choose_logo"), str(documents_folder()), kinds
    )
    return Path(name) if name else None


def open_file(path: Path) -> None:
    """Open a file with the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_folder(path: Path) -> None:
    """Show the folder a file lies in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
