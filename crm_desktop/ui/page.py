"""The page: what all pages of the window share, above all when to read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from crm_desktop.domain.problems import Refused
from crm_desktop.progress import Progress
from crm_desktop.typed_texts import Tells, page_without_told
from crm_desktop.ui.context import Context
from crm_desktop.ui.places import Place

if TYPE_CHECKING:
    from crm_desktop.domain.kinds import Kind
    from crm_desktop.ui.jobs import Job


class Page(QWidget):
    """One page of the window, made on its first opening and kept while the window lives.

    A page overrides `refresh`, and as needed `show_place`, `title`, `retranslate`, `state`,
    `restore`, `has_unsaved_text`, `extra_actions` and the `do_…` methods of the keymap
    (`do_new`, `do_export`, …): where one is there, the shell enables its command.
    """

    key: ClassVar[str] = ""  # the catalogue's key: names the kept state
    shows: ClassVar[frozenset[Kind]] = frozenset()
    title_changed = Signal()
    commands_changed = Signal()  # `handles` may now answer otherwise
    refreshed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.place: Place | None = None
        self._stale = True
        self._latest: dict[str, int] = {}
        self._keyboard_waits = False  # nothing could take it yet
        context.notifier.changed.connect(self._changed)
        context.notifier.erased.connect(self.forget_told)

    # ---- what a page says about itself

    def title(self) -> str:
        """The words at the top of the page and of its own window."""
        return ""

    def retranslate(self) -> None:
        """Set every text again: the language has changed. Unsaved text must stay."""

    def show_place(self, place: Place) -> None:
        """Show `place`: the record, the view, the wishes of its query. `refresh` follows."""

    def refresh(self) -> None:
        """Read what is shown again, keeping selection and scroll by record id."""

    def state(self) -> dict[str, Any]:
        """Sort, columns, splitters, selection: what JSON can say. Kept over restarts."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take up what `state` gave in an earlier life; anything in it may be missing."""

    def forget_told(self, tells: Tells) -> None:
        """Somebody was erased for good: nothing typed here that tells of them stays."""
        state = self.state()
        kept = page_without_told(state, tells)
        if kept != state:
            self.restore(kept)

    def has_unsaved_text(self) -> bool:
        """Whether the user has typed what is not yet stored; such a page is not re-read."""
        return False

    def save_unsaved_text(self) -> None:
        """Store it, or keep it as a draft: the window closes or shows another record."""

    def selected_place(self) -> Place | None:
        """What Open and Open in its own window mean here; a list answers its current row."""
        return self.place if self.place is not None and self.place.id is not None else None

    def take_keyboard(self) -> None:
        """A key led here: give the keyboard to what one came for, such as the rows of a list.

        Else to the first part that Tab reaches; what has the keyboard already keeps it.
        """
        focus = QApplication.focusWidget()
        if focus not in (None, self) and self.isAncestorOf(focus):
            return
        tab = Qt.FocusPolicy.TabFocus
        parts = (p for p in self.findChildren(QWidget) if p.focusPolicy() & tab)
        first = next((p for p in parts if p.isVisibleTo(self) and p.isEnabled()), None)
        self._keyboard_waits = first is None
        (first or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def handles(self, command: str) -> bool:
        """Whether `do_COMMAND` can run now; override for commands that need a selection."""
        return hasattr(self, f"do_{command}")

    def extra_actions(self) -> list[QAction]:
        """Actions only this page has: for its own buttons, the Record menu and the palette."""
        return []

    # ---- what every page can do

    def go(self, place: Place) -> None:
        """Ask the navigator to show another place."""
        self.context.navigator.go(place)

    def read(self, what: str, work: Callable[[], Any], done: Callable[[Any], None]) -> Job:
        """Read in a reader thread; only the latest answer to `what` arrives."""
        return self.context.jobs.run_reader(work, self._latest_only(what, done))

    def read_long(
        self, what: str, work: Callable[[Progress], Any], done: Callable[[Any], None]
    ) -> Job:
        """The same for what takes seconds: the job tells how far it is and can be stopped."""
        return self.context.jobs.run_long_reader(work, self._latest_only(what, done))

    def _latest_only(self, what: str, done: Callable[[Any], None]) -> Callable[[Any], None]:
        number = self._latest.get(what, 0) + 1
        self._latest[what] = number

        def arrived(result: Any) -> None:
            if self._latest.get(what) == number:
                done(result)
                if self._keyboard_waits and self.isVisible() and not _is_typing():
                    self.take_keyboard()

        return arrived

    def write(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        *,
        refused: Callable[[Refused], None] | None = None,
    ) -> Job:
        """One short gesture in the writer thread; without `refused` the shell says why not."""
        return self.context.jobs.run_writer(lambda _progress: work(), done, refused=refused)

    def run_handler(self, command: str) -> None:
        """Run `do_COMMAND` if it can run now."""
        if self.handles(command):
            getattr(self, f"do_{command}")()

    def open_place(self, place: Place) -> None:
        """The shell came here: show the place and read again when anything is old."""
        moved = place != self.place
        if moved and self.has_unsaved_text():
            self.save_unsaved_text()
        self.place = place
        if moved:
            self.show_place(place)
            self._stale = True
        self._refresh_if_stale()
        if moved:
            self.title_changed.emit()
            self.commands_changed.emit()

    @property
    def stale(self) -> bool:
        """Whether something shown here has changed since it was read."""
        return self._stale

    def mark_stale(self) -> None:
        """Read again: now when shown, else as soon as it is."""
        self._stale = True
        self._refresh_if_stale()

    def unsaved_text_settled(self) -> None:
        """The page calls this when its text was stored or dropped: news may come in again."""
        self._refresh_if_stale()

    # ---- how it comes about

    def _changed(self, kinds: frozenset[Any], _gesture: Any) -> None:
        if kinds & self.shows:
            self.mark_stale()

    def _refresh_if_stale(self) -> None:
        if self._stale and self.place is not None and self.isVisible():
            if self.has_unsaved_text():
                return
            self._stale = False
            self.refresh()
            self.refreshed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_stale()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep_state()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.title_changed.emit()
            if self.place is not None:
                self.mark_stale()  # names of states and days come with what is read

    def keep_state(self) -> None:
        """Put `state` away; the shell also does so when the window closes."""
        if self.key and self.place is not None:
            state = self.state()
            if state:
                self.context.state.put(f"page/{self.key}", state)

    def restore_state(self) -> None:
        """Take `restore` what was put away; the shell does so once, right after making the page."""
        state = self.context.state.get(f"page/{self.key}") if self.key else None
        if isinstance(state, dict):
            self.restore(state)


def _is_typing() -> bool:
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
