"""What hangs on the records of a list, given out: payment plans of contracts, gifts of people."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from crm_desktop.domain.kinds import OWNERS, Kind
from crm_desktop.ui import filling
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.table.saving import ask_where

if TYPE_CHECKING:
    from crm_desktop.services.workbook_templates import WorkbookTemplate
    from crm_desktop.ui.page import Page
    from crm_desktop.ui.table.pane import TablePane


def offer(menu: QMenu, page: Page, pane: TablePane) -> None:
    """Add them to a menu of exports, with the firm's own workbooks for them."""
    for kind, owner in OWNERS.items():
        if owner is pane.kind:
            action = menu.addAction(tr(f"export.hanging_{kind.value}"))
            action.triggered.connect(partial(_export, pane, kind))
            filling.add_choices(menu, page, filling.sort_of(kind), partial(_fill, page, pane, kind))


def export_to(pane: TablePane, kind: Kind, path: Path) -> None:
    """Write the rows of this kind that hang on the records of the list, as it is filtered."""
    exports, query, language = pane.context.services.exports, pane.query(), words()
    pane.acts.write_file(
        path,
        lambda progress: exports.hanging(kind, path, language, query=query, progress=progress),
    )


def _fill(page: Page, pane: TablePane, kind: Kind, template: WorkbookTemplate) -> None:
    filling.ask_and_fill_list(page, template, kind, pane.query())


def _export(pane: TablePane, kind: Kind, _checked: bool = False) -> None:
    name = f"{tr(f'kind.{kind.value}.plural')} {pane.context.clock.today().isoformat()}.xlsx"
    wanted = ask_where(pane, name, kind)
    if wanted is not None:
        export_to(pane, kind, wanted.path)
