"""The start checklist of a new book: it ticks itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from crm_desktop.domain.morning import STEPS, Morning
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.today.panel import inset, refill
from crm_desktop.ui.widgets import Card, IconButton, PlainLabel
from crm_desktop.ui.widgets.lines import LineButton


class StartCard(Card):
    """What to do first; each line does it or leads there."""

    hidden = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.steps: dict[str, bool] = {}
        self.lines: dict[str, LineButton] = {}
        self.body.setSpacing(0)
        inset(self, 6)
        self._count = PlainLabel(role="small", tone="muted")
        self.header.buttons.addWidget(self._count)
        self._cross = IconButton("x", tr("common.close"), small=True)
        self._cross.clicked.connect(self.hidden)
        self.header.buttons.addWidget(self._cross)
        self.hide()

    def show_morning(self, found: Morning) -> None:
        """Show how far the user has come."""
        self.steps = dict(found.steps)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.set_title(tr("today_page.start"))
        self._cross.set_name(tr("today_page.start_hide"))
        done = sum(self.steps.values())
        self._count.setText(tr("today_page.start_count", done=done, total=len(STEPS)))
        self.lines = {}
        for step in STEPS:
            is_done = self.steps.get(step, False)
            line = LineButton(
                tr(f"today_page.start.{step}"),
                icon_name="circle-check" if is_done else "circle-dot",
                icon_token="solid.green" if is_done else "muted",
                more="" if is_done else tr(f"today_page.start_why.{step}"),
                struck=is_done,
            )
            line.clicked.connect(self._way(step))
            self.lines[step] = line
        refill(self.body, self.lines.values())

    def _way(self, step: str) -> Callable[[], None]:
        window, navigator = self._context.window, self._context.navigator
        return {
            "customers": lambda: window.run_command("import_file"),
            "company": lambda: navigator.go(Place.to("settings", view="company")),
            "opportunity": lambda: window.run_command("new_opportunity"),
            "quote": lambda: window.run_command("new_quote"),
            "backup": lambda: window.run_command("backup"),
        }[step]
