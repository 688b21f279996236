"""The commands as actions of Qt: one each, shared by menus, buttons, shortcuts and palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.language import has_words, language, tr
from crm_desktop.ui.shell.keymap import BY_KEY, COMMANDS, Command
from crm_desktop.ui.shell.menu_tips import MenuTips
from crm_desktop.ui.theme import icon

if TYPE_CHECKING:
    from crm_desktop.settings import Settings
    from crm_desktop.ui.page import Page

_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
    "go_settings": QAction.MenuRole.PreferencesRole,
}
_ONE_OF = ("theme_", "rows_", "language_")  # of each, one is in force and ticked


class _Action(QAction):
    """A command; its keys make the ring around what has the keyboard seen, as Tab does."""

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Shortcut:
            self._window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        return super().event(event)


class Commands(QObject):
    """All commands of one window; those of the page are enabled when the page can do them."""

    asked = Signal(str)  # the key of a command of the shell

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._page: Page | None = None
        self._actions: dict[str, QAction] = {}
        self._book_open = False
        self._barred = {"redo"}  # until something is undone
        self.tips = MenuTips(self.why_not, self)
        for command in COMMANDS:
            action: QAction = _Action(window, self)
            action.setObjectName(command.key)
            action.setMenuRole(_ROLES.get(command.key, QAction.MenuRole.NoRole))
            sequence = command.sequence()
            if command.native:
                # Shown in the menu; the focused widget hears the keys itself.
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            elif not sequence.isEmpty():
                window.addAction(action)
            if not sequence.isEmpty():
                action.setShortcut(sequence)
            action.triggered.connect(self._runner(command))
            self._actions[command.key] = action
        for start in _ONE_OF:
            group = QActionGroup(self)
            for key, action in self._actions.items():
                if key.startswith(start):
                    action.setCheckable(True)
                    action.setIconVisibleInMenu(False)  # the tick is there
                    group.addAction(action)
        # The plus key of a keyboard without "=" on the main row.
        larger = self._actions["text_larger"]
        larger.setShortcuts([larger.shortcut(), QKeySequence("Ctrl++")])
        self.retranslate()
        self.update_enabled()

    def action(self, key: str) -> QAction:
        """The action of a command."""
        return self._actions[key]

    def retranslate(self) -> None:
        """Name the actions in the language of the window."""
        for key, action in self._actions.items():
            action.setText(tr(BY_KEY[key].words))

    def tick(self, settings: Settings) -> None:
        """Tick the theme, row height and language in force."""
        for key in (
            f"theme_{settings.theme}",
            f"rows_{settings.density}",
            f"language_{language()}",
        ):
            if key in self._actions:
                self._actions[key].setChecked(True)

    def add_icons(self) -> None:
        """Give the actions their icons; after the first picture, which shows none of them."""
        for command in COMMANDS:
            if command.icon:
                self._actions[command.key].setIcon(icon(command.icon))

    def set_page(self, page: Page | None) -> None:
        """The page whose handlers count from now on."""
        if self._page is not None:
            self._page.commands_changed.disconnect(self.update_enabled)
        self._page = page
        if page is not None:
            page.commands_changed.connect(self.update_enabled)
        self.update_enabled()

    def set_book_open(self, is_open: bool) -> None:
        """Before the book is open only the window's own commands run."""
        self._book_open = is_open
        self.update_enabled()

    def update_enabled(self) -> None:
        """Ask the page again which commands it can run."""
        for command in COMMANDS:
            self._actions[command.key].setEnabled(self.can_run(command))

    def allow(self, key: str, allowed: bool) -> None:
        """Whether a command of the shell has anything to do: there is a page to go back to."""
        (self._barred.discard if allowed else self._barred.add)(key)
        self._actions[key].setEnabled(self.can_run(BY_KEY[key]))

    def why_not(self, key: str) -> str:
        """Why a command cannot run now; "" where it can, and for what is no command."""
        command = BY_KEY.get(key)
        if command is None or self.can_run(command):
            return ""
        if not self._book_open:
            return tr("keys.why.no_book")
        words = f"keys.why.{key}"
        return tr(words if has_words(words) else "keys.why.not_here")

    def can_run(self, command: Command) -> bool:
        """Whether the command would do something now."""
        if command.key in self._barred:
            return False
        if command.key in ("open", "open_window"):
            return self._page is not None and self._page.selected_place() is not None
        if command.page:
            return self._page is not None and self._page.handles(command.page)
        return self._book_open or command.group == "window"

    def run(self, key: str) -> None:
        """Run a command by name, as its menu entry would."""
        self._actions[key].trigger()

    def _runner(self, command: Command) -> Callable[[], None]:
        def run() -> None:
            if not command.page:
                self.asked.emit(command.key)
            elif self._page is not None:
                self._page.run_handler(command.page)

        return run
