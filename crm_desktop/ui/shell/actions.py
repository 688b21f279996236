"""What the window's own commands do; each method is named as its command."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from crm_desktop import __version__
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.catalogue import PAGES, load
from crm_desktop.ui.file_dialogs import Purpose, ask_open, book_kind, open_file
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import LIST_OF_KIND, Place
from crm_desktop.ui.theme.tokens import SCALES

if TYPE_CHECKING:
    from crm_desktop.ui.pasting.overlay import PasteOverlay
    from crm_desktop.ui.shell.help_overlay import HelpOverlay
    from crm_desktop.ui.shell.palette import Palette
    from crm_desktop.ui.shell.quick_add import QuickAdd
    from crm_desktop.ui.shell.window import MainWindow

_CREATED_AS = {"followup": "activity"}


class ShellActions:
    """Runs the commands of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._w = window
        self.palette_overlay: Palette | None = None
        self.quick_overlay: QuickAdd | None = None
        self.help_overlay: HelpOverlay | None = None
        self.paste_overlay: PasteOverlay | None = None

    def forget_book(self) -> None:
        """The book is closed: what searched and added in it goes with it."""
        for overlay in (self.palette_overlay, self.quick_overlay, self.paste_overlay):
            if overlay is not None:
                overlay.hide()
                overlay.deleteLater()
        if self.palette_overlay is not None:
            self._w.state.put("palette/used", self.palette_overlay.used())
        self.palette_overlay = self.quick_overlay = self.paste_overlay = None

    def run(self, key: str) -> None:
        """Run the command called `key`."""
        if key.startswith("go_"):
            self._w.navigator.go(Place(key.removeprefix("go_")))
            self.arrived()
        elif key.startswith("new_") and key != "new_here":
            self.make_new(key.removeprefix("new_"))
        elif key.startswith("theme_"):
            self._w.settings.theme = key.removeprefix("theme_")
            self._w.apply_settings()
        elif key.startswith("rows_"):
            self._w.settings.density = key.removeprefix("rows_")
            self._w.apply_settings()
        elif key.startswith("language_"):
            self._w.settings.language = key.removeprefix("language_")
            self._w.apply_settings()
        else:
            method: Callable[[], None] = getattr(self, key)
            method()

    # ---- finding and going

    def palette(self, text: str = "") -> None:
        if self._w.desk is None:
            self._w.toast(tr("palette.not_ready"))
            return
        if self.palette_overlay is None:
            palette: Palette = load("shell.palette:Palette")(
                self._w, self._w.commands, self._w.desk
            )
            palette.told.connect(self._w.toast)
            self.palette_overlay = palette
            palette.set_used(self._w.state.get("palette/used", {}))
        self.palette_overlay.open_with(text)

    def back(self) -> None:
        self._w.navigator.back()
        self.arrived()

    def forward(self) -> None:
        self._w.navigator.forward()
        self.arrived()

    def arrived(self) -> None:
        """Else the keyboard stays on the sidebar, or falls to whatever comes first."""
        if self._w.area.page is not None:
            self._w.area.page.take_keyboard()

    def open(self) -> None:
        page = self._w.area.page
        place = page.selected_place() if page is not None else None
        if place is not None:
            self._w.navigator.go(place)

    def open_window(self) -> None:
        page = self._w.area.page
        place = page.selected_place() if page is not None else None
        if place is not None:
            self._w.open_own_window(place)

    def refresh(self) -> None:
        if self._w.area.page is not None:
            self._w.area.page.mark_stale()

    # ---- new things

    def new_here(self) -> None:
        page = self._w.area.page
        if page is not None and page.handles("new"):
            page.run_handler("new")
            return
        here = self._w.navigator.here
        creates = PAGES[here.page].creates if here is not None else ""
        self.make_new({"activity": "followup"}.get(creates, creates) or "person")

    def make_new(self, what: str) -> None:
        """A new thing, for the record shown if the page knows how, else on its own page."""
        page, here = self._w.area.page, self._w.navigator.here
        if page is not None and page.handles(f"new_{what}"):
            page.run_handler(f"new_{what}")
            return
        kind = _CREATED_AS.get(what, what)
        if page is None or here is None or PAGES[here.page].creates != kind:
            self._w.navigator.go(Place(LIST_OF_KIND[kind]))
            page = self._w.area.page
        if page is not None and page.handles(f"new_{what}"):
            page.run_handler(f"new_{what}")
        elif page is not None and page.handles("new"):
            page.run_handler("new")
        else:
            self.quick_add(kind)

    def quick_add(self, kind: str = "") -> None:
        if self._w.desk is None:
            return
        if self.quick_overlay is None:
            self.quick_overlay = load("shell.quick_add:QuickAdd")(self._w, self._w.desk.add)
        self.quick_overlay.open_for(kind)

    def paste_new(self, text: str | None = None) -> None:
        """A person or company out of `text`, or of what is on the clipboard."""
        if self._w.desk is None:
            return
        if self.paste_overlay is None:
            self.paste_overlay = load("pasting.overlay:PasteOverlay")(self._w, self._w.context)
        self.paste_overlay.open_with(text)

    def import_file(self) -> None:
        self._w.navigator.go(Place("import"))

    # ---- the window

    def undo(self) -> None:
        if self._w.desk is not None:
            self._w.commands.allow("redo", True)  # fast fingers need not wait for the reading
            self._w.desk.undo(lambda result: self._w.told_undo(result, "undone"))

    def redo(self) -> None:
        if self._w.desk is not None:
            self._w.desk.redo(lambda result: self._w.told_undo(result, "redone"))

    def leave(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()

    def next_pane(self) -> None:
        self._w.panes.move(1)

    def previous_pane(self) -> None:
        self._w.panes.move(-1)

    def sidebar(self) -> None:
        folded = not self._w.sidebar.folded
        self._w.sidebar.set_folded(folded)
        self._w.state.put("sidebar/folded", folded)

    def text_larger(self) -> None:
        self._size(1)

    def text_smaller(self) -> None:
        self._size(-1)

    def text_normal(self) -> None:
        self._w.settings.text_size = 100
        self._w.apply_settings()

    def _size(self, step: int) -> None:
        now = self._w.settings.text_size
        at = SCALES.index(now) if now in SCALES else 0
        self._w.settings.text_size = SCALES[min(max(at + step, 0), len(SCALES) - 1)]
        self._w.apply_settings()

    def full_screen(self) -> None:
        if self._w.isFullScreen():
            self._w.showNormal()
        else:
            self._w.showFullScreen()

    def backup(self) -> None:
        if self._w.desk is not None:
            self._w.sidebar.set_status(tr("shell.backing_up"))
            self._w.desk.back_up(self._backed_up, self._not_backed_up)

    def _backed_up(self, made: object) -> None:
        if self._w.duties is not None:
            self._w.duties.succeeded(made)

    def _not_backed_up(self, why: Refused) -> None:
        if self._w.desk is not None and self._w.duties is not None:
            self._w.desk.read_backup()
            self._w.duties.failed(why)

    def restore(self) -> None:
        self._w.navigator.go(Place("settings", view="backup"))

    def quit(self) -> None:
        self._w.close()

    def keys(self) -> None:
        if self.help_overlay is None:
            self.help_overlay = load("shell.help_overlay:HelpOverlay")(self._w)
        self.help_overlay.open_help()

    def show_logs(self) -> None:
        folder = self._w.home.logs
        folder.mkdir(parents=True, exist_ok=True)
        open_file(folder)

    def about(self) -> None:
        self._w.toast(tr("shell.about", version=__version__))

    def choose_book(self) -> str:
        """Ask for another book; "" when the user does not want one."""
        path = ask_open(
            self._w,
            Purpose.BOOK,
            tr("shell.choose_book"),
            kinds=(book_kind(),),
            usual=self._w.home.data,
        )
        return str(path) if path is not None else ""
