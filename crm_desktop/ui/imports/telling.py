"""What a toast tells of an import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crm_desktop.pasted import is_pasted
from crm_desktop.ui.context import Context
from crm_desktop.ui.file_dialogs import open_file, show_folder
from crm_desktop.ui.language import tr


def tell_saved(context: Context, path: Path, count: int) -> None:
    """Say where the problem rows are."""
    choices = [
        (tr("common.open"), lambda: open_file(path)),
        (tr("common.show_in_folder"), lambda: show_folder(path)),
    ]
    told = tr("import_page.problems_saved", count=count, name=path.name)
    context.window.toast(told, choices=choices)


def tell_given_up(context: Context, path: Path, go_on: Callable[[], None]) -> None:
    """Say that nothing was written; rows that were pasted went with the import."""
    choices = [] if is_pasted(context.home, path) else [(tr("import_page.go_on"), go_on)]
    context.window.toast(tr("import_page.given_up", name=path.name), choices=choices)
