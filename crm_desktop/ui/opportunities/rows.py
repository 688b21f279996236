"""The list of opportunities on their page: what is asked for, and the commands lists know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.table.pane import TablePane
from crm_desktop.ui.table.spec import ListSpec
from crm_desktop.ui.widgets import Button

SPEC: Final = ListSpec(
    Kind.OPPORTUNITY,
    "kanban",
    new_fields=("title", "company", "person", "amount", "stage"),
    can_import=True,
    widths={"title": 182, "company": 180, "stage": 122},  # the next step is seen at once
)

COMMANDS: Final[dict[str, Callable[[TablePane, Button], object]]] = {
    "new": lambda pane, button: pane.acts.new(button),
    "filter": lambda pane, _button: pane.filter.focus_box(),
    "filter_builder": lambda pane, _button: pane.filter.open_builder(),
    "save_view": lambda pane, button: pane.saved.save(button),
    "columns": lambda pane, button: pane.open_columns(button),
    "export": lambda pane, _button: pane.acts.export(),
    "print": lambda pane, _button: pane.acts.print_list(),
    "paste": lambda pane, button: pane.acts.paste(button),
    "edit": lambda pane, _button: pane.view.edit_current(),
    "delete": lambda pane, _button: pane.acts.trash(),
    "copy": lambda pane, _button: pane.acts.copy(),
    "select_all": lambda pane, _button: pane.view.selectAll(),
}
NEED_ROWS: Final = frozenset({"edit", "delete", "copy"})
