"""The work of checking a file, of taking it in and of saving its problem rows, off the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from crm_desktop.domain.imports import ImportReport
from crm_desktop.pasted import is_pasted
from crm_desktop.services.imports import Wishes, decisions
from crm_desktop.ui.context import Context
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.ui.imports.lines import Lines, lines_of
from crm_desktop.ui.language import words


def checking(context: Context, draft: Draft) -> Callable[[Any], tuple[ImportReport, Lines]]:
    """Says what an import would do, with the lines of it: 100,000 take half a second to make."""
    imports, said, plan = context.services.imports, words(), draft.plan
    wishes = Wishes(dict(draft.wishes.fixes), set(draft.wishes.left_out))

    def check(progress: Any) -> tuple[ImportReport, Lines]:
        report = imports.check(draft.path, plan, said, wishes=wishes, progress=progress)
        return report, lines_of(draft, report, wishes)

    return check


def taking_in(context: Context, draft: Draft) -> Callable[[Any], ImportReport]:
    """Remembers what was decided about the columns, then imports the rows.

    Rows that stay out are kept in mind where the file will still be there to take them from.
    """
    imports, said = context.services.imports, words()
    remind = not is_pasted(context.home, draft.path)

    def take_in(progress: Any) -> ImportReport:
        if decisions(draft.plan) != draft.preview.guessed:
            imports.mappings.remember(draft.plan, draft.path.name)
        return imports.run(
            draft.path, draft.plan, said, wishes=draft.wishes, remind=remind, progress=progress
        )

    return take_in


def saving_problems(
    context: Context, draft: Draft, report: ImportReport, path: Path
) -> Callable[[Any], int]:
    """Writes the rows a report complains of, and those left out; returns how many."""
    imports, said = context.services.imports, words()

    def save(progress: Any) -> int:
        return imports.save_problems(
            draft.path, draft.plan, report, path, said, wishes=draft.wishes, progress=progress
        )

    return save
