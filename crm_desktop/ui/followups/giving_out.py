"""The follow-ups shown, as a workbook or on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths

from crm_desktop.domain import schema
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.page import Page
from crm_desktop.ui.table.saving import ask_pdf, ask_where, open_file, show_folder


def suggested(page: Page, suffix: str) -> Path:
    """The file offered: the page's name and the day, among the user's documents."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(folder) / f"{page.title()} {page.context.clock.today().isoformat()}.{suffix}"


def export(page: Page, ids: Sequence[int]) -> None:
    """Ask for a file and write these follow-ups into it."""
    path = ask_where(page, suggested(page, "xlsx"))
    if path is not None:
        export_to(page, ids, path)


def print_list(page: Page, ids: Sequence[int]) -> None:
    """Ask for a file and print these follow-ups into it."""
    path = ask_pdf(page, suggested(page, "pdf"))
    if path is not None:
        print_to(page, ids, path)


def export_to(page: Page, ids: Sequence[int], path: Path) -> None:
    """Write these follow-ups into a workbook or a CSV file."""
    exports, language = page.context.services.exports, words()
    columns = schema.default_columns(Kind.ACTIVITY)
    _write(
        page,
        path,
        lambda progress: exports.export(
            Kind.ACTIVITY, path, language, ids=ids, columns=columns, progress=progress
        ),
    )


def print_to(page: Page, ids: Sequence[int], path: Path) -> None:
    """Print these follow-ups into a PDF file."""
    exports, language = page.context.services.exports, words()
    columns = schema.default_columns(Kind.ACTIVITY)
    _write(
        page,
        path,
        lambda progress: exports.pdf(
            Kind.ACTIVITY, path, language, ids=ids, columns=columns, progress=progress
        ),
    )


def _write(page: Page, path: Path, work: Callable[[Any], int]) -> None:
    def done(count: int) -> None:
        choices = (
            (tr("common.open"), lambda: open_file(path)),
            (tr("export.show_folder"), lambda: show_folder(path)),
        )
        told = tr("export.done", count=count, name=path.name)
        page.context.window.toast(told, choices=choices)

    page.context.jobs.run_long_reader(work, done)
