"""Lists and statements in the firm's own workbooks: choices in menus, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from crm_desktop.domain.kinds import OWNERS, PLURALS, Kind
from crm_desktop.domain.queries import Query
from crm_desktop.ui.file_dialogs import Purpose, ask_save, open_file, show_folder, workbook_kind
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place

if TYPE_CHECKING:
    from crm_desktop.services.workbook_templates import WorkbookTemplate

SETTINGS = Place("settings", view="templates")


def offer(menu: QMenu, page: Page, sort: str, fill: Callable[[WorkbookTemplate], None]) -> None:
    """Add a choice for each template of `sort`, and the way to where they are kept."""
    menu.addSeparator()
    add_choices(menu, page, sort, fill)
    settings = menu.addAction(tr("paper_page.templates"))
    settings.triggered.connect(lambda _on=False: page.context.navigator.go(SETTINGS))


def add_choices(
    menu: QMenu, page: Page, sort: str, fill: Callable[[WorkbookTemplate], None]
) -> None:
    """Add a choice for each template of `sort`."""
    for template in page.context.services.workbook_templates.all(sort):
        name = tr("paper_page.fill_template", name=template.name).replace("&", "&&")
        action = menu.addAction(name)
        action.triggered.connect(lambda _on=False, template=template: fill(template))


def ask_and_fill_list(page: Page, template: WorkbookTemplate, kind: Kind, query: Query) -> None:
    """Ask where, and fill the template with the rows of `query`."""
    path = _ask_where(page, _title(page, kind))
    if path is not None:
        fill_list(page, template, kind, query, path)


def fill_list(page: Page, template: WorkbookTemplate, kind: Kind, query: Query, path: Path) -> None:
    """Write a list, called as the page is, or what hangs on its records, into `path`."""
    templates, language = page.context.services.workbook_templates, words()
    title = _title(page, kind)
    _fill(
        page,
        path,
        lambda: templates.fill_list(template.uid, kind, path, language, query=query, title=title),
    )


def ask_and_fill_statement(page: Page, template: WorkbookTemplate, company: int) -> None:
    """Ask where, and fill the template with the contracts and quotes of a company."""
    path = _ask_where(page, f"{page.title()} {tr('filling.statement')}")
    if path is not None:
        fill_statement(page, template, company, path)


def fill_statement(page: Page, template: WorkbookTemplate, company: int, path: Path) -> None:
    """Write the statement of a company into `path`."""
    templates, language = page.context.services.workbook_templates, words()
    _fill(page, path, lambda: templates.fill_statement(template.uid, company, path, language))


def sort_of(kind: Kind) -> str:
    """What templates for lists of a kind are kept as."""
    return PLURALS[kind]


def _title(page: Page, kind: Kind) -> str:
    return tr(f"kind.{kind.value}.plural") if kind in OWNERS else page.title()


def _ask_where(page: Page, title: str) -> Path | None:
    name = f"{title} {page.context.clock.today().isoformat()}.xlsx"
    chosen = ask_save(
        page, Purpose.EXPORT, tr("paper_page.save_workbook"), name=name, kinds=(workbook_kind(),)
    )
    return chosen.path if chosen is not None else None


def _fill(page: Page, path: Path, work: Callable[[], Any]) -> None:
    def done(_result: Any) -> None:
        page.context.window.toast(
            tr("paper_page.workbook_saved", name=path.name),
            choices=(
                (tr("common.open"), lambda: open_file(path)),
                (tr("common.show_in_folder"), lambda: show_folder(path)),
            ),
        )

    page.context.jobs.run_reader(work, done)
