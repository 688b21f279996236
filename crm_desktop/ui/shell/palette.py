"""Ctrl+K: find any record, run any command, or do the next thing with what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from crm_desktop.ui.catalogue import PAGES
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.commands import Commands
from crm_desktop.ui.shell.keymap import BY_KEY, Command
from crm_desktop.ui.shell.overlay import Overlay
from crm_desktop.ui.shell.palette_rows import (
    PaletteDelegate,
    PaletteList,
    PaletteModel,
    PaletteRow,
    keys_of,
    matching_commands,
)
from crm_desktop.ui.theme import theme

_MOST_SHOWN = 10
# What an empty palette offers besides the recent records, until the user has habits of their own.
_FIRST = ("new_followup", "new_person", "new_opportunity", "new_quote", "import_file", "keys")
_CUSTOMERS = frozenset({"person", "company"})
_OFFERED = _CUSTOMERS | {"opportunity"}
# What is done next with a found record: command, words, icon, for which kinds.
_ACTIONS = (
    ("call", "call", "phone", _CUSTOMERS),
    ("log", "log", "notebook-pen", _OFFERED),
    ("new_followup", "followup", "calendar-plus", _OFFERED),
    ("new_quote", "quote", "file-plus", _OFFERED),
    ("new_opportunity", "opportunity", "kanban", _CUSTOMERS),
)


class Hit(Protocol):
    """A found record, as the search service gives it."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str: ...


class Source(Protocol):
    """Where the palette finds records; it may answer later, and only for the latest question."""

    def find(self, text: str, answer: Callable[[Sequence[Hit]], None]) -> bool: ...
    def recent(self) -> list[tuple[Place, str]]: ...
    def act(self, command: str, place: Place) -> None: ...
    def create(self, kind: str, text: str) -> None: ...
    def go(self, place: Place) -> None: ...


class Palette(Overlay):
    """One field, one list. Results first, then commands; '>' asks for commands only."""

    told = Signal(str)  # why a command cannot run now

    def __init__(self, window: QWidget, commands: Commands, source: Source) -> None:
        super().__init__(window)
        self._commands = commands
        self._source = source
        self._asked = ""
        self._waits = False  # the rows shown answer an earlier question
        self._enter_waits = self._tab_waits = False
        self._used: dict[str, int] = {}
        self._drilled: PaletteRow | None = None
        self.field = QLineEdit(self)
        self.field.setClearButtonEnabled(True)
        self.model = PaletteModel()
        self.list = PaletteList(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.setUniformItemSizes(True)
        self._hint = QLabel(self)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list)
        self.column.addWidget(self._hint)
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def open_with(self, text: str = "") -> None:
        """Show it, empty or with what was already typed."""
        self._drilled = None
        self.field.setText(text)
        self._ask()
        self.open(focus=self.field)

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setAccessibleName(tr("palette.name"))
        self.field.setAccessibleName(tr("palette.name"))
        self.field.setPlaceholderText(tr("palette.ask"))
        self.list.setAccessibleName(tr("palette.results"))
        self._hint.setText(tr("palette.hint_actions" if self._drilled else "palette.hint"))

    def used(self) -> dict[str, int]:
        """How often each command was run from here; kept over restarts."""
        return dict(self._used)

    def set_used(self, used: dict[str, int]) -> None:
        """Take up the counts of an earlier life."""
        self._used = {key: count for key, count in used.items() if key in BY_KEY}

    # ---- asking

    def _ask(self) -> None:
        self._drilled = None
        self._waits = self._enter_waits = self._tab_waits = False
        text = self.field.text().strip()
        self._asked = text
        if text.startswith(">"):
            self._show([self._command_row(c) for c in matching_commands(text[1:])])
        elif not text:
            self._show(self._idle_rows())
        else:
            own = [self._command_row(c) for c in matching_commands(text)]
            self._waits = self._source.find(text, lambda hits: self._answered(text, hits))
            if not self._waits or self.model.rowCount() == 0:
                self._show(own[:_MOST_SHOWN])

    def _answered(self, text: str, hits: Sequence[Hit]) -> None:
        if text != self._asked or self._drilled is not None:
            return
        rows = [self._hit_row(hit) for hit in hits[: _MOST_SHOWN - 2]]
        if rows and rows[0].record is not None and rows[0].record[0] in _OFFERED:
            followup = tr("palette.followup", title=rows[0].title)
            actions = self._action_rows(rows[0])
            rows[1:1] = [row for row in actions if row.title == followup]
        commands = [self._command_row(c) for c in matching_commands(text)]
        rows += commands[: max(3, _MOST_SHOWN - len(rows))]
        if not hits:
            for kind, icon in (("person", "user-plus"), ("company", "building-2")):
                words = tr(f"palette.create_{kind}", text=text)
                rows.append(PaletteRow(words, self._creator(kind, text), icon=icon))
        self._waits = False
        self._show(rows)
        if self._tab_waits:
            self._drill()
        if self._enter_waits:
            self._run(0)

    def _idle_rows(self) -> list[PaletteRow]:
        rows = []
        for place, title in self._source.recent():
            entry = PAGES.get(place.page)
            rows.append(
                PaletteRow(
                    title,
                    self._goer(place),
                    detail=tr(entry.words) if entry else "",
                    icon=entry.icon if entry else "",
                    record=(place.page, place.id) if place.id is not None else None,
                )
            )
        often = sorted(self._used, key=lambda key: -self._used[key])[:6]
        for key in dict.fromkeys([*often, *_FIRST]):
            rows.append(self._command_row(BY_KEY[key]))
        return rows[:14]

    def _command_row(self, command: Command) -> PaletteRow:
        why = self._commands.why_not(command.key)

        def run() -> None:
            if why:
                self.told.emit(why)
                return
            self._used[command.key] = self._used.get(command.key, 0) + 1
            self._commands.run(command.key)

        return PaletteRow(
            tr(command.words),
            run,
            detail=why,
            keys=keys_of(command),
            icon=command.icon or "command",
            barred=bool(why),
        )

    def _hit_row(self, hit: Hit) -> PaletteRow:
        place = Place.record(hit.kind, hit.id)
        entry = PAGES.get(place.page)
        return PaletteRow(
            hit.title,
            self._goer(place),
            detail=hit.subtitle,
            icon=entry.icon if entry else "",
            record=(str(hit.kind), hit.id),
        )

    def _action_rows(self, row: PaletteRow) -> list[PaletteRow]:
        assert row.record is not None
        place = Place.record(*row.record)
        rows = [PaletteRow(tr("palette.open", title=row.title), row.run, icon="external-link")]
        for command, words, icon, kinds in _ACTIONS:
            if row.record[0] in kinds:
                known = BY_KEY.get(command)
                rows.append(
                    PaletteRow(
                        tr(f"palette.{words}", title=row.title),
                        lambda command=command: self._source.act(command, place),  # type: ignore[misc]
                        keys=keys_of(known) if known is not None else "",
                        icon=icon,
                    )
                )
        return rows

    def _goer(self, place: Place) -> Callable[[], Any]:
        return lambda: self._source.go(place)

    def _creator(self, kind: str, text: str) -> Callable[[], Any]:
        return lambda: self._source.create(kind, text)

    # ---- showing

    def _show(self, rows: list[PaletteRow]) -> None:
        self.model.set_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.model.index(0))
        self.list.setVisible(bool(rows))
        self.list.updateGeometry()
        self._hint.setText(tr("palette.hint_actions" if self._drilled else "palette.hint"))
        self.place()

    def _run(self, row: int) -> None:
        if self._waits:
            self._enter_waits = True  # fast fingers: never run a row of an earlier question
        elif 0 <= row < len(self.model.rows):
            chosen = self.model.rows[row]
            self.close_overlay()
            chosen.run()

    def _move(self, by: int) -> None:
        count = self.model.rowCount()
        if count:
            at = (self.list.currentIndex().row() + by) % count
            self.list.setCurrentIndex(self.model.index(at))

    def _drill(self) -> None:
        at = self.list.currentIndex().row()
        if self._waits:
            self._tab_waits = True  # as Enter: never the actions of an earlier question's row
        elif 0 <= at < len(self.model.rows) and self.model.rows[at].record is not None:
            self._drilled = self.model.rows[at]
            self._show(self._action_rows(self._drilled))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        """Whether the palette used the key; the rest is for the field."""
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Tab:
            self._drill()
        elif key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Escape and self._drilled):
            if self._drilled:
                self._ask()
        elif key == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            return False
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            if self.isVisible():
                self._ask()

    def _dress(self) -> None:
        self._hint.setFont(theme().font("small"))
        self.field.setFixedHeight(theme().px(36))
        look = self._hint.palette()
        look.setColor(self._hint.foregroundRole(), theme().colour("muted"))
        self._hint.setPalette(look)
