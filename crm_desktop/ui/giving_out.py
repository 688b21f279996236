"""What a page shows, as a workbook or on paper: asks where, writes, says where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.page_paper import PagePaper
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.ui.file_dialogs import open_file, show_folder
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.page import Page
from crm_desktop.ui.table.saving import Wanted, ask_pdf, ask_where


def suggested(page: Page, suffix: str) -> str:
    """The file offered: named after the page and the day."""
    return f"{page.title()} {page.context.clock.today().isoformat()}.{suffix}"


def export(
    page: Page, kind: Kind, ids: Sequence[int], columns: Sequence[str] | None = None
) -> None:
    """Ask for a file and write these records into it; `columns` None means all fields."""
    wanted = ask_where(page, suggested(page, "xlsx"), kind)
    if wanted is not None:
        export_to(page, kind, ids, wanted.path, columns, cards_as=wanted.cards_as)


def export_to(
    page: Page,
    kind: Kind,
    ids: Sequence[int],
    path: Path,
    columns: Sequence[str] | None = None,
    *,
    cards_as: CardVersion = CardVersion.THREE,
) -> None:
    """Write these records into a table, as cards or as a calendar: the ending says which."""
    exports, language = page.context.services.exports, words()

    def work(progress: Any) -> int:
        return exports.export(
            kind,
            path,
            language,
            ids=ids,
            columns=columns,
            cards_as=cards_as,
            progress=progress,
        )

    _write(page, path, work, lambda count: tr("export.done", count=count, name=path.name))


def export_with(page: Page, kind: Kind, write: Callable[[Wanted, Any], int]) -> None:
    """Ask for a file and let `write` fill it, of which it gets the progress; it says how many."""
    wanted = ask_where(page, suggested(page, "xlsx"), kind)
    if wanted is not None:
        export_with_to(page, wanted, write)


def export_with_to(page: Page, wanted: Wanted, write: Callable[[Wanted, Any], int]) -> None:
    """Let `write` fill this file, in a reader thread."""
    path = wanted.path
    _write(
        page,
        path,
        lambda progress: write(wanted, progress),
        lambda count: tr("export.done", count=count, name=path.name),
    )


def print_rows(page: Page, kind: Kind, ids: Sequence[int], columns: Sequence[str]) -> None:
    """Ask for a file and print these records into it, a row each."""
    path = ask_pdf(page, suggested(page, "pdf"))
    if path is not None:
        print_rows_to(page, kind, ids, path, columns)


def print_rows_to(
    page: Page, kind: Kind, ids: Sequence[int], path: Path, columns: Sequence[str]
) -> None:
    """Print these records into a PDF file, a row each."""
    exports, language = page.context.services.exports, words()

    def work(progress: Any) -> int:
        return exports.pdf(kind, path, language, ids=ids, columns=columns, progress=progress)

    _write(page, path, work, lambda count: tr("export.done", count=count, name=path.name))


def print_page(page: Page, make: Callable[[], PagePaper]) -> None:
    """Ask for a file and print what the page shows into it; `make` runs in a reader thread."""
    path = ask_pdf(page, suggested(page, "pdf"))
    if path is not None:
        print_page_to(page, make, path)


def print_page_to(page: Page, make: Callable[[], PagePaper], path: Path) -> None:
    """Print what the page shows into a PDF file."""
    printing, language = page.context.services.printing, words()

    def work(progress: Any) -> None:
        printing.write(make(), path, language, progress=progress)

    _write(page, path, work, lambda _done: tr("export.printed", name=path.name))


def _write(page: Page, path: Path, work: Callable[[Any], Any], told: Callable[[Any], str]) -> None:
    def done(result: Any) -> None:
        choices = (
            (tr("common.open"), lambda: open_file(path)),
            (tr("common.show_in_folder"), lambda: show_folder(path)),
        )
        page.context.window.toast(told(result), choices=choices)

    page.context.jobs.run_long_reader(work, done)
