"""A page that is a list: title and buttons above, the record beside it."""

from __future__ import annotations

import json
from typing import Any, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import Query, from_plain
from crm_desktop.typed_texts import Tells
from crm_desktop.ui import filling, formats
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from crm_desktop.ui.table import hanging
from crm_desktop.ui.table.pane import TablePane
from crm_desktop.ui.table.peeks import Peek, make_peek
from crm_desktop.ui.table.spec import ListSpec
from crm_desktop.ui.table.title_bar import TitleBar
from crm_desktop.ui.table.view_switch import ViewSwitch
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.widgets import Segmented

_NEEDS_ROWS = frozenset({"edit", "delete", "copy"})
_FOR_PEEK = frozenset({"log", "new_followup", "done", "later"})
_LIST_SHARE, _PEEK_SHARE = 57, 43
_NARROWEST_PEEK = 340
_WITH_PEEK = 760  # below this width the list stands alone; Enter opens the record


class ListPage(Page):
    """Declares `specs` and is done; with several, a switch above chooses among them."""

    specs: ClassVar[tuple[ListSpec, ...]]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.panes: list[TablePane] = [TablePane(context, spec) for spec in self.specs]
        self._peeks: dict[Kind, QWidget | None] = {}
        self._sizes: list[int] = []
        self._switch: Segmented | None = None
        if len(self.specs) > 1:
            self._switch = Segmented([(spec.kind.value, "") for spec in self.specs])
            self._switch.changed.connect(self._switched)
        self._segments: dict[Kind, Segmented] = {}
        for spec, pane in zip(self.specs, self.panes, strict=True):
            if spec.segments:
                choice = Segmented([(segment.key, "") for segment in spec.segments])
                choice.changed.connect(lambda key, p=pane: self._choose_segment(p, key))
                self._segments[spec.kind] = choice
                pane.set_base(spec.segments[0].query)
        self._own_segments: dict[Kind, str] = {}  # as they stood before a view was opened
        self._bar = TitleBar(self._switch, list(self._segments.values()))
        self._views = ViewSwitch(context, self._bar, lambda: self.pane)
        self._buttons = self._bar.buttons
        self.export_menu = QMenu(self)
        self.export_menu.aboutToShow.connect(self._offer_exports)
        self._lay_out()
        self._connect()
        self.retranslate()

    # ---- what the shell asks

    @property
    def pane(self) -> TablePane:
        """The list shown now."""
        widget = self._stack.currentWidget()
        assert isinstance(widget, TablePane)
        return widget

    def title(self) -> str:
        view = self.pane.saved.view
        return view.name if view is not None else tr(f"kind.{self.pane.kind.value}.plural")

    def show_place(self, place: Place) -> None:
        kinds = [spec.kind.value for spec in self.specs]
        if place.view in kinds:
            self._show_kind(place.view)
        self._show_view(place.wish("saved"))
        wish = place.wish("query")
        if wish:
            self._all_segments()
            self.pane.set_filter(from_plain(json.loads(wish)))
        elif place.wish("text"):
            self._all_segments()
            self.pane.set_filter(Query(text=place.wish("text")))
        if place.wish("segment") and self.pane.kind in self._segments:
            self._segments[self.pane.kind].set_current(place.wish("segment"))
            self._choose_segment(self.pane, place.wish("segment"))
        if place.wish("select"):
            self.pane.select(int(place.wish("select")))

    def refresh(self) -> None:
        for pane in self.panes:
            pane.reload()
        self._refresh_peek()

    def selected_place(self) -> Place | None:
        current = self.pane.view.current_id()
        return None if current is None else self.pane.acts.place_of(current)

    def take_keyboard(self) -> None:
        if self.pane.view.isVisibleTo(self):
            self.pane.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().take_keyboard()  # the list is empty

    def handles(self, command: str) -> bool:
        if command in _NEEDS_ROWS:
            return self.pane.view.selected_count() > 0
        if command in _FOR_PEEK:
            peek = self._shown_peek()
            return peek is not None and peek.can(command)
        if command == "paste":
            return self.pane.spec.can_import
        if command.startswith("new_"):
            return command.removeprefix("new_") in {spec.kind.value for spec in self.specs}
        return super().handles(command)

    def run_handler(self, command: str) -> None:
        if command in _FOR_PEEK:
            peek = self._shown_peek()
            if peek is not None and peek.can(command):
                peek.run(command)
            return
        if command.startswith("new_") and self.handles(command):
            self._show_kind(command.removeprefix("new_"))
            self.do_new()
            return
        super().run_handler(command)

    def state(self) -> dict[str, Any]:
        return {
            "panes": {pane.kind.value: pane.state() for pane in self.panes},
            "segments": {
                kind.value: self._own_segments.get(kind, choice.current())
                for kind, choice in self._segments.items()
            },
            "shown": self.pane.kind.value,
            "splitter": self._splitter.sizes(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        for pane in self.panes:
            kept = (state.get("panes") or {}).get(pane.kind.value)
            if isinstance(kept, dict):
                pane.restore(kept)
            segment = (state.get("segments") or {}).get(pane.kind.value)
            if segment in [each.key for each in pane.spec.segments]:
                self._segments[pane.kind].set_current(segment)
                self._choose_segment(pane, segment)
        if state.get("shown") in [spec.kind.value for spec in self.specs]:
            self._show_kind(state["shown"])
        sizes = state.get("splitter")
        if isinstance(sizes, list) and len(sizes) == 2 and all(sizes):
            self._sizes = [int(size) for size in sizes]
            self._splitter.setSizes(self._sizes)

    def forget_told(self, tells: Tells) -> None:
        for pane in self.panes:
            pane.saved.forget_told(tells)

    def retranslate(self) -> None:
        self._bar.retranslate()
        if self._switch is not None:
            self._switch.set_texts(
                [(spec.kind.value, tr(f"kind.{spec.kind.value}.plural")) for spec in self.specs]
            )
        for spec in self.specs:
            if spec.kind in self._segments:
                self._segments[spec.kind].set_texts(
                    [(each.key, tr(f"table.segment.{each.key}")) for each in spec.segments]
                )
        self._tell_title()

    # ---- commands

    def do_new(self) -> None:
        self.pane.acts.new(self._buttons["new"])

    def do_filter(self) -> None:
        self.pane.filter.focus_box()

    def do_filter_builder(self) -> None:
        self.pane.filter.open_builder()

    def do_save_view(self) -> None:
        self._views.save()

    def do_columns(self) -> None:
        self.pane.open_columns(self._buttons["columns"])

    def do_order(self) -> None:
        self.pane.open_order(self._buttons["columns"])

    def do_export(self) -> None:
        self.pane.acts.export()

    def do_print(self) -> None:
        self.pane.acts.print_list()

    def do_edit(self) -> None:
        self.pane.view.edit_current()

    def do_delete(self) -> None:
        self.pane.acts.trash()

    def do_copy(self) -> None:
        self.pane.acts.copy()

    def do_paste(self) -> None:
        """Rows from Excel: a look at them first, then records."""
        self.pane.acts.paste(self._buttons["new"])

    def do_select_all(self) -> None:
        self.pane.view.selectAll()

    # ---- how it comes about

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for pane in self.panes:
            self._stack.addWidget(pane)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)
        self._beside = QStackedWidget()
        self._beside.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._left)
        self._splitter.addWidget(self._beside)
        self._splitter.setStretchFactor(0, _LIST_SHARE)
        self._splitter.setStretchFactor(1, _PEEK_SHARE)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        self._show_segments()

    def _connect(self) -> None:
        self._buttons["filter"].clicked.connect(self.do_filter_builder)
        self._buttons["columns"].clicked.connect(self.do_columns)
        self._buttons["export"].setMenu(self.export_menu)
        self._buttons["new"].clicked.connect(self.do_new)
        for pane in self.panes:
            pane.counted.connect(lambda _c, _t: self._tell_title())
            pane.current_changed.connect(lambda _id: self._refresh_peek())
            pane.selection_changed.connect(self.commands_changed)
            pane.saved.changed.connect(self._view_changed)

    def _tell_title(self) -> None:
        self._views.show(self.pane)
        shown = len(self.pane.model.records)
        total = max(self.pane.total, shown)
        text = formats.number(shown)
        if shown < total:
            text = tr("table.of", count=text, total=formats.number(total))
        self._bar.count.setText(text)

    def _offer_exports(self) -> None:
        self.export_menu.clear()
        for key, every in (("columns", False), ("fields", True)):
            action = self.export_menu.addAction(tr(f"export.all_rows_{key}"))
            action.triggered.connect(
                lambda _checked=False, every=every: self.pane.acts.export(all_fields=every)
            )
        hanging.offer(self.export_menu, self, self.pane)
        kind, query = self.pane.kind, self.pane.query()
        filling.offer(
            self.export_menu,
            self,
            filling.sort_of(kind),
            lambda template: filling.ask_and_fill_list(self, template, kind, query),
        )

    def _switched(self, kind: str) -> None:
        self._show_kind(kind)
        self.commands_changed.emit()

    def _show_kind(self, kind: str) -> None:
        for pane in self.panes:
            if pane.kind.value == kind:
                self._stack.setCurrentWidget(pane)
        if self._switch is not None:
            self._switch.set_current(kind)
        self._show_segments()
        self._tell_title()
        self.title_changed.emit()
        self._refresh_peek()

    def _show_segments(self) -> None:
        for kind, choice in self._segments.items():
            choice.setVisible(kind is self.pane.kind)

    def _show_view(self, wish: str) -> None:
        """Open the saved view that is wished for; all other lists stand as without one."""
        wished = self.pane if wish.isdecimal() else None
        for pane in self.panes:
            if pane is wished:
                continue
            pane.saved.leave()
            if pane.kind in self._own_segments:
                self._segments[pane.kind].set_current(self._own_segments.pop(pane.kind))
        if wished is None:
            return
        if wished.saved.view is None and wished.kind in self._segments:
            self._own_segments[wished.kind] = self._segments[wished.kind].current()
        if wished.saved.open(int(wish)):
            if wished.kind in self._segments:
                self._segments[wished.kind].set_current(wished.spec.segments[-1].key)
        else:
            self._own_segments.pop(wished.kind, None)
            self.context.window.tell(Refused("views.gone"))

    def _view_changed(self) -> None:
        self._tell_title()
        self.title_changed.emit()

    def _choose_segment(self, pane: TablePane, key: str) -> None:
        for segment in pane.spec.segments:
            if segment.key == key:
                pane.set_base(segment.query)

    def _all_segments(self) -> None:
        """A wish for certain rows means all of them, not those of a segment."""
        pane = self.pane
        if pane.spec.segments:
            last = pane.spec.segments[-1]
            self._segments[pane.kind].set_current(last.key)
            pane.set_base(last.query)

    def _refresh_peek(self) -> None:
        kind = self.pane.kind
        if kind not in self._peeks:
            if not self.isVisible():
                return
            made = make_peek(kind, self.context)
            self._peeks[kind] = made
            if made is not None:
                self._beside.addWidget(made)
                made.setMinimumWidth(theme().px(_NARROWEST_PEEK))
                made.loaded.connect(self._peek_loaded)  # type: ignore[attr-defined]  # Peek
        peek = self._peeks[kind]
        current = self.pane.view.current_id()
        if current is None and self.pane.view.current_heading() is not None:
            return  # what is beside stays while the keyboard passes a heading
        wide = self._fits_beside(peek)
        self._beside.setVisible(peek is not None and current is not None and wide)
        if peek is None or not wide:
            return
        self._beside.setCurrentWidget(peek)
        if self._beside.isVisible() and not self._sizes:
            width = self._splitter.width()
            self._sizes = [width * _LIST_SHARE // 100, width * _PEEK_SHARE // 100]
            self._splitter.setSizes(self._sizes)
        peek.show_record(current)  # type: ignore[attr-defined]  # see peeks.Peek

    def _shown_peek(self) -> Peek | None:
        """The record beside the list, while it can be seen."""
        peek = self._peeks.get(self.pane.kind)
        return cast(Peek, peek) if peek is not None and self._beside.isVisible() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits_beside(self._peeks.get(self.pane.kind)) != self._beside.isVisibleTo(self):
            self._refresh_peek()

    def _fits_beside(self, peek: QWidget | None) -> bool:
        """Whether the window has room for the record too: its words may be long."""
        least = self._left.minimumSizeHint().width() + self._splitter.handleWidth()
        if peek is not None:
            least += max(peek.minimumSizeHint().width(), peek.minimumWidth())
        return self.width() >= max(theme().px(_WITH_PEEK), least)

    def _peek_loaded(self) -> None:
        self.commands_changed.emit()
        if self._beside.isVisible() and not self._fits_beside(self._beside.currentWidget()):
            self._refresh_peek()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().surface))
