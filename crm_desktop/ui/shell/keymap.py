"""Every command of the window with its keys: menus, palette and the F1 map read this one list."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence


@dataclass(frozen=True, slots=True)
class Command:
    """One command. Its words are "keys.KEY"; `page` names the page's `do_…` method, if any."""

    key: str
    keys: str = ""  # as Qt writes them; Ctrl is the command key of a Mac
    mac: str = ""  # where a Mac has other keys
    page: str = ""  # the page's handler; "" means the shell itself does it
    icon: str = ""
    native: bool = False  # the focused list or text hears these keys itself; shown only
    group: str = "record"  # section of the F1 map

    @property
    def words(self) -> str:
        """The key of its words."""
        return f"keys.{self.key}"

    def sequence(self, platform: str = sys.platform) -> QKeySequence:
        """Its keys on this system; empty when it has none."""
        text = self.mac if self.mac and platform == "darwin" else self.keys
        return QKeySequence(text, QKeySequence.SequenceFormat.PortableText)


COMMANDS: tuple[Command, ...] = (
    # Finding and going
    Command("palette", "Ctrl+K", icon="search", group="go"),
    Command("back", "Alt+Left", "Ctrl+[", icon="arrow-left", group="go"),
    Command("forward", "Alt+Right", "Ctrl+]", icon="arrow-right", group="go"),
    Command("go_today", "Ctrl+1", icon="sun", group="go"),
    Command("go_contacts", "Ctrl+2", icon="users", group="go"),
    Command("go_companies", "Ctrl+3", icon="building-2", group="go"),
    Command("go_opportunities", "Ctrl+4", icon="kanban", group="go"),
    Command("go_followups", "Ctrl+5", icon="list-checks", group="go"),
    Command("go_birthdays", "Ctrl+6", icon="cake", group="go"),
    Command("go_service", "Ctrl+7", icon="life-buoy", group="go"),
    Command("go_documents", "Ctrl+8", icon="file-text", group="go"),
    Command("go_products", "Ctrl+9", icon="package", group="go"),
    Command("go_reports", "Ctrl+0", icon="chart-column", group="go"),
    Command("go_history", icon="history", group="go"),
    Command("go_duplicates", icon="merge", group="go"),
    Command("go_trash", icon="trash-2", group="go"),
    Command("go_settings", "Ctrl+,", icon="settings", group="go"),
    # New things
    Command("new_here", "Ctrl+N", icon="plus", group="new"),
    Command("quick_add", "Ctrl+Shift+N", icon="zap", group="new"),
    Command("paste_new", "Ctrl+Shift+V", icon="clipboard-paste", group="new"),
    Command("new_person", icon="user-plus", group="new"),
    Command("new_company", icon="building-2", group="new"),
    Command("new_opportunity", icon="kanban", group="new"),
    Command("new_followup", "Ctrl+T", icon="calendar-plus", group="new"),
    Command("new_quote", icon="file-plus", group="new"),
    Command("new_contract", icon="signature", group="new"),
    Command("new_receipt", icon="banknote", group="new"),
    Command("new_expense", icon="wallet", group="new"),
    Command("new_ticket", icon="life-buoy", group="new"),
    Command("new_product", icon="package", group="new"),
    # The list
    Command("filter", "Ctrl+F", page="filter", icon="list-filter", group="list"),
    Command("filter_builder", "Ctrl+Shift+L", page="filter_builder", icon="funnel", group="list"),
    Command("columns", page="columns", icon="columns-3", group="list"),
    Command("order", page="order", icon="arrow-up-down", group="list"),
    Command("save_view", page="save_view", icon="bookmark", group="list"),
    Command("select_all", "Ctrl+A", page="select_all", native=True, group="list"),
    Command("copy", "Ctrl+C", page="copy", icon="copy", native=True, group="list"),
    Command("paste", "Ctrl+V", page="paste", icon="clipboard-paste", native=True, group="list"),
    Command("export", "Ctrl+E", page="export", icon="file-spreadsheet", group="list"),
    Command("import_file", "Ctrl+I", icon="file-spreadsheet", group="list"),
    Command("print", "Ctrl+P", page="print", icon="printer", group="list"),
    Command("weekly", page="weekly", icon="file-text", group="list"),
    # The record
    Command("open", "Return", icon="external-link", native=True),
    Command("open_window", "Ctrl+Shift+Return", icon="external-link"),
    Command("edit", "F2", page="edit", icon="pencil"),
    Command("log", "Ctrl+L", page="log", icon="notebook-pen"),
    Command("done", "Ctrl+D", page="done", icon="check"),
    Command("later", "Ctrl+Shift+D", page="later", icon="alarm-clock"),
    Command("finish", "Ctrl+Return", page="finish", native=True),
    Command("stage_back", "Ctrl+Shift+Left", page="stage_back", icon="chevron-left"),
    Command("stage_on", "Ctrl+Shift+Right", page="stage_on", icon="chevron-right"),
    Command("orgchart", page="orgchart", icon="network"),
    Command("qr_code", page="qr_code", icon="qr-code"),
    Command("as_of", page="as_of", icon="history"),
    Command("previous", "Ctrl+PgUp", "Ctrl+Alt+Up", page="previous", icon="chevron-up"),
    Command("next", "Ctrl+PgDown", "Ctrl+Alt+Down", page="next", icon="chevron-down"),
    Command("delete", "Del", "Ctrl+Backspace", page="delete", icon="trash-2"),
    # The window
    Command("undo", "Ctrl+Z", icon="undo-2", group="window"),
    Command("redo", "Ctrl+Y", "Ctrl+Shift+Z", icon="redo-2", group="window"),
    Command("leave", "Esc", native=True, group="window"),
    Command("next_pane", "F6", group="window"),
    Command("previous_pane", "Shift+F6", group="window"),
    Command("sidebar", "Ctrl+B", icon="panel-left", group="window"),
    Command("text_larger", "Ctrl+=", icon="type", group="window"),
    Command("text_smaller", "Ctrl+-", icon="type", group="window"),
    Command("text_normal", icon="type", group="window"),
    Command("theme_system", icon="monitor", group="window"),
    Command("theme_light", icon="sun", group="window"),
    Command("theme_dark", icon="moon", group="window"),
    Command("rows_roomy", icon="layout-list", group="window"),
    Command("rows_compact", icon="list", group="window"),
    Command("language_en", icon="languages", group="window"),
    Command("language_zh", icon="languages", group="window"),
    Command("refresh", "F5", icon="refresh-cw", group="window"),
    Command("full_screen", "F11", "Ctrl+Meta+F", icon="monitor", group="window"),
    Command("backup", icon="database-backup", group="window"),
    Command("restore", icon="archive-restore", group="window"),
    Command("quit", "Ctrl+Q", group="window"),
    Command("keys", "F1", icon="keyboard", group="window"),
    Command("show_logs", icon="folder-open", group="window"),
    Command("about", icon="info", group="window"),
)

BY_KEY: dict[str, Command] = {command.key: command for command in COMMANDS}
GROUPS = ("go", "new", "list", "record", "window")

# What Chinese input methods or the system own: nothing of ours may ever sit there.
FORBIDDEN = frozenset({"Ctrl+Space", "Shift+Space", "Ctrl+.", "Meta+Space", "Ctrl+Shift+F"})


def is_forbidden(keys: str) -> bool:
    """Whether an input method, AltGr or plain typing would take `keys`."""
    if not keys or keys in FORBIDDEN:
        return bool(keys)
    parts = keys.split("+") if not keys.endswith("+") else [*keys[:-1].split("+"), "+"]
    modifiers, last = {part for part in parts[:-1] if part}, parts[-1]
    if last in ("Shift", "Ctrl", "Alt", "Meta"):
        return True
    printable = len(last) == 1
    if printable and modifiers <= {"Shift"}:
        return True  # plain typing
    if printable and {"Ctrl", "Alt"} <= modifiers:
        return True  # AltGr
    return printable and last.isalpha() and modifiers == {"Alt"}  # letters of a Mac, mnemonics
