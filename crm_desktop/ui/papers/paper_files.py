"""Where quotes and contracts go, and where their templates and logos come from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm_desktop.ui.file_dialogs import (
    FileKind,
    Purpose,
    ask_open,
    ask_save,
    pdf_kind,
    picture_kind,
    workbook_kind,
)
from crm_desktop.ui.language import tr


def ask_pdf(parent: QWidget, name: str) -> Path | None:
    """Where to write the PDF; None when the user changed his mind."""
    title = tr("paper_page.save_pdf")
    chosen = ask_save(parent, Purpose.PAPER, title, name=name, kinds=(pdf_kind(),))
    return chosen.path if chosen is not None else None


def ask_workbook(parent: QWidget, name: str, purpose: Purpose = Purpose.PAPER) -> Path | None:
    """Where to write a workbook; None when the user changed his mind."""
    title = tr("paper_page.save_workbook")
    chosen = ask_save(parent, purpose, title, name=name, kinds=(workbook_kind(),))
    return chosen.path if chosen is not None else None


def ask_template(parent: QWidget) -> Path | None:
    """A workbook that is to be a template."""
    workbooks = FileKind(tr("export.workbook"), ("xlsx", "xlsm"))
    return ask_open(parent, Purpose.TEMPLATE, tr("paper_page.choose_workbook"), kinds=(workbooks,))


def ask_picture(parent: QWidget) -> Path | None:
    """A picture for the logo."""
    return ask_open(parent, Purpose.PICTURE, tr("paper_page.choose_logo"), kinds=(picture_kind(),))
