"""A document in the firm's own workbook: behind the small button beside the PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.services.workbook_templates import WorkbookTemplate
from crm_desktop.ui.file_dialogs import open_file, show_folder
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers import paper_files
from crm_desktop.ui.places import Place

if TYPE_CHECKING:
    from crm_desktop.ui.papers.paper_page import PaperPage


def offers(page: PaperPage) -> list[tuple[str, Callable[[], object]]]:
    """A choice for each template of this kind of document, and the way to their settings."""
    templates = page.context.services.workbook_templates.all(page.kind)
    found: list[tuple[str, Callable[[], object]]] = [
        (tr("paper_page.fill_template", name=one.name), partial(fill, page, one))
        for one in templates
    ]
    settings = Place("settings", view="templates")
    found.append((tr("paper_page.templates"), lambda: page.context.navigator.go(settings)))
    return found


def fill(page: PaperPage, template: WorkbookTemplate) -> None:
    """Ask where, fill the template with the document on the page, say where it is."""
    record_id = page.record_id
    if record_id is None:
        return
    page.save_unsaved_text()
    name = Path(page.desk.file_name(record_id)).with_suffix(".xlsx").name
    path = paper_files.ask_workbook(page, name)
    if path is None:
        return
    templates = page.context.services.workbook_templates

    def done(_result: object) -> None:
        page.context.window.toast(
            tr("paper_page.workbook_saved", name=path.name),
            choices=(
                (tr("common.open"), lambda: open_file(path)),
                (tr("common.show_in_folder"), lambda: show_folder(path)),
            ),
        )

    # In the writer's thread, so that what was typed last is in the file.
    page.write(
        lambda: templates.fill(template.uid, page.kind, record_id, path), done, refused=page.refuse
    )
