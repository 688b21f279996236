"""The menus as data: every command can be reached here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QMenuBar

from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from crm_desktop.ui.shell.commands import Commands

LINE = "-"
Items = tuple["str | tuple[str, Items]", ...]

NEW: tuple[str, ...] = (
    "new_person",
    "new_company",
    "new_opportunity",
    "new_followup",
    "new_quote",
    "new_contract",
    "new_receipt",
    "new_expense",
    "new_ticket",
    "new_product",
)

MENUS: tuple[tuple[str, Items], ...] = (
    (
        "file",
        (
            "new_here",
            "quick_add",
            ("new", NEW),
            LINE,
            "import_file",
            "export",
            "print",
            "weekly",
            LINE,
            "backup",
            "restore",
            LINE,
            "quit",
        ),
    ),
    (
        "edit",
        (
            "undo",
            "redo",
            LINE,
            "copy",
            "paste",
            "paste_new",
            "select_all",
            LINE,
            "edit",
            "delete",
            LINE,
            "filter",
            "leave",
        ),
    ),
    (
        "view",
        (
            "filter_builder",
            "columns",
            "order",
            "save_view",
            "refresh",
            LINE,
            "sidebar",
            ("text", ("text_larger", "text_smaller", "text_normal")),
            ("theme", ("theme_system", "theme_light", "theme_dark")),
            ("rows", ("rows_roomy", "rows_compact")),
            ("language", ("language_en", "language_zh")),
            LINE,
            "next_pane",
            "previous_pane",
            "full_screen",
        ),
    ),
    (
        "go",
        (
            "back",
            "forward",
            LINE,
            "go_today",
            "go_contacts",
            "go_companies",
            "go_opportunities",
            "go_followups",
            "go_birthdays",
            "go_service",
            "go_documents",
            "go_products",
            "go_reports",
            LINE,
            "go_history",
            "go_trash",
        ),
    ),
    (
        "record",
        (
            "open",
            "open_window",
            "previous",
            "next",
            LINE,
            "log",
            "done",
            "later",
            "finish",
            LINE,
            "stage_back",
            "stage_on",
            LINE,
            "orgchart",
            "qr_code",
            "as_of",
        ),
    ),
    ("tools", ("palette", LINE, "go_duplicates", LINE, "go_settings")),
    ("help", ("keys", LINE, "show_logs", "about")),
)


def commands_in_menus() -> list[str]:
    """The keys of all commands, in menu order."""

    def walk(items: Items) -> list[str]:
        found: list[str] = []
        for item in items:
            if isinstance(item, tuple):
                found += walk(item[1])
            elif item != LINE:
                found.append(item)
        return found

    return [key for _, items in MENUS for key in walk(items)]


class MenuBar:
    """Fills a real menu bar from the data; on a Mac it is the system's."""

    def __init__(self, bar: QMenuBar) -> None:
        """The titles, as the first picture shows them; `fill` puts the commands below."""
        self._menus: list[tuple[QMenu, str]] = []
        self._guest_actions: list[QAction] = []
        self._view_actions: list[QAction] = []
        self.record: QMenu | None = None
        self.places: QMenu | None = None
        for name, _ in MENUS:
            menu = bar.addMenu(tr(f"shell.menu.{name}"))
            self._menus.append((menu, name))
            if name == "record":
                self.record = menu
            elif name == "go":
                self.places = menu

    def fill(self, commands: Commands) -> None:
        """Put the commands into the menus."""
        for (menu, _), (_, items) in zip(list(self._menus), MENUS, strict=True):
            self._fill(menu, items, commands)
        self.retranslate()

    def _fill(self, menu: QMenu, items: Items, commands: Commands) -> None:
        commands.tips.watch(menu)
        for item in items:
            if isinstance(item, tuple):
                inner = menu.addMenu("")
                self._menus.append((inner, item[0]))
                self._fill(inner, item[1], commands)
            elif item == LINE:
                menu.addSeparator()
            else:
                menu.addAction(commands.action(item))

    def retranslate(self) -> None:
        """Name the menus in the language of the window."""
        for menu, name in self._menus:
            menu.setTitle(tr(f"shell.menu.{name}"))

    def show_views(self, views: Sequence[tuple[str, Place]], go: Callable[[Place], None]) -> None:
        """Put the saved views at the end of the Go menu."""
        menu = self.places
        if menu is None:
            return
        for action in self._view_actions:
            menu.removeAction(action)
            action.deleteLater()
        self._view_actions = [menu.addSeparator()] if views else []
        for name, place in views:
            action = menu.addAction(name.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, place=place: go(place))
            self._view_actions.append(action)

    def show_guests(self, actions: list[QAction]) -> None:
        """Put the page's own actions at the end of the Record menu."""
        if self.record is None or actions == self._guest_actions:
            return
        for action in self._guest_actions:
            self.record.removeAction(action)
        self._guest_actions = list(actions)
        self.record.addActions(actions)
