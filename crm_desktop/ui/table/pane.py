"""A whole list: filter, table, footer, empty places. Pages embed it; it needs no page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.domain import schema
from crm_desktop.domain.grouping import Grouped
from crm_desktop.domain.queries import Group, Query
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.table.acts import Acts
from crm_desktop.ui.table.bottom import Bottom
from crm_desktop.ui.table.cells import Presenter
from crm_desktop.ui.table.columns_popover import ColumnsPopover
from crm_desktop.ui.table.editors import Editors
from crm_desktop.ui.table.emptiness import EmptyList
from crm_desktop.ui.table.filter_bar import FilterBar
from crm_desktop.ui.table.header import Order
from crm_desktop.ui.table.headings import NO_IDS, Headings
from crm_desktop.ui.table.loader import Loader, Sums
from crm_desktop.ui.table.model import RecordModel
from crm_desktop.ui.table.order_popover import OrderPopover
from crm_desktop.ui.table.remembering import columns_from, query_from, to_state
from crm_desktop.ui.table.saved import Saved
from crm_desktop.ui.table.spec import ListSpec
from crm_desktop.ui.table.type_ahead import TypeAhead
from crm_desktop.ui.table.view import Place as ViewPlace
from crm_desktop.ui.table.view import TableView
from crm_desktop.ui.theme import theme, tokens
from crm_desktop.ui.theme.tokens import GAP, GAP_PAGE
from crm_desktop.ui.widgets import Popover


class TablePane(QWidget):
    """The list of one kind. Who embeds it calls `reload` when the kind has changed."""

    counted = Signal(int, int)  # rows shown, rows without the filter
    current_changed = Signal(object)  # record id, or None
    selection_changed = Signal()
    opened = Signal(int)
    arranged = Signal()  # filter, order, columns or widths are others now

    def __init__(
        self,
        context: Context,
        spec: ListSpec,
        *,
        with_filter: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context, self.spec, self.kind = context, spec, spec.kind
        services = context.services
        self.fields = services.records.fields(spec.kind)
        self.editors = Editors(services, spec.kind)
        self.presenter = Presenter(services, spec.kind)
        self.model = RecordModel(services, spec.kind, self.presenter, self)
        self.view = TableView(self.model, self.editors.cell_editor)
        self.view.setAccessibleName(tr(f"kind.{spec.kind.value}.plural"))
        self.filter = FilterBar(services, spec.kind)
        self.filter.set_fields(self.fields)
        self.bottom = Bottom(spec.kind)
        self.base = Query()
        self._order: Order = ()
        self._group = ""
        self._headings = Headings(Grouped((), NO_IDS))
        self._widths: dict[str, int] = {}
        self._columns: tuple[str, ...] = ()
        self._total = 0
        self._complete = self._late = False
        self._kept: ViewPlace | None = None
        self._wanted: int | None = None
        self.popover: Popover | None = None
        self._loader = Loader(context, spec.kind, self)
        self.acts = Acts(self)
        self.type_ahead = TypeAhead(context, spec.kind, self.view, self.query)
        self.empty = EmptyList(self)
        self.saved = Saved(self)
        self._lay_out(with_filter)
        self._connect()
        self.set_columns(())

    # ---- for who embeds it

    def reload(self) -> None:
        """The book changed, or the query: rows on the screen at once, ids in the background."""
        if self.view.editing:
            self._late = True  # news must not tear down a cell that is being typed in
            return
        self._late = False
        self.presenter.forget()
        self.model.forget_rows()
        summed = tuple(f.key for f in self.fields if f.summed and f.key in self._columns)
        self._loader.load(self.query(), self.base, summed)

    def set_base(self, query: Query) -> None:
        """What the list holds before the user filters: a segment, the deals of a pipeline."""
        if query != self.base:
            self.base = query
            self._rearranged()

    def set_filter(self, query: Query) -> None:
        """Filter as somebody else wishes: a count that was clicked, a saved view."""
        self.filter.set_query(query)
        if query.order:
            self._set_order(query.order)
        self._rearranged()

    def query(self) -> Query:
        """Which rows are shown, in which order."""
        chosen = self.filter.query
        conditions = [part for part in (self.base.where, chosen.where) if part.conditions]
        where = conditions[0] if len(conditions) == 1 else Group(tuple(conditions))
        only = chosen.only if self.base.only is None else self.base.only
        if chosen.only is not None and self.base.only is not None:
            only = tuple(sorted(set(chosen.only) & set(self.base.only)))
        text = " ".join(part for part in (self.base.text, chosen.text) if part)
        order = self._order or self.base.order
        return Query(where=where, text=text, order=order, only=only, group=self._group)

    @property
    def group(self) -> str:
        """The field the rows stand under headings by; "" for none."""
        return self._group

    def set_group(self, key: str) -> None:
        """Put the rows under headings by a field, or under none."""
        self._group = key
        self._rearranged()

    def fold_all(self, folded: bool) -> None:
        """Fold every heading, or none."""
        self._show_headings(self._headings.all_folded(folded))

    @property
    def total(self) -> int:
        """How many rows there are without the user's filter, as far as known."""
        return self._total

    def columns(self) -> tuple[str, ...]:
        """The keys of the columns, in order."""
        return self._columns

    def usual_columns(self) -> tuple[str, ...]:
        """The columns of a fresh list."""
        return self.spec.columns or schema.default_columns(self.kind)

    def widths(self) -> dict[str, int]:
        """The widths the user has given to columns, at 100 %."""
        return dict(self._widths)

    def set_columns(self, keys: Sequence[str]) -> None:
        """Show these columns; () shows those a fresh list has."""
        known = {field.key: field for field in self.fields}
        wanted = tuple(k for k in dict.fromkeys(keys or self.usual_columns()) if k in known)
        title = schema.TITLE_KEYS[self.kind]
        if title not in wanted:
            wanted = (title, *wanted)
        place = self.view.place()
        self._columns = wanted
        self.model.set_fields([known[key] for key in wanted], self.fields)
        self.view.head.straighten()
        self._resize_columns()
        self.view.take_place(place)

    def select(self, record_id: int) -> None:
        """Go to a record, now or as soon as its row has been read."""
        if not self.view.select_id(record_id):
            self._wanted = record_id

    def selected_ids(self) -> array[int]:
        """The selected records."""
        return self.view.selected_ids()

    def state(self) -> dict[str, Any]:
        """All that is kept over a restart, as JSON can say it."""
        return self.saved.state()

    def restore(self, state: dict[str, Any]) -> None:
        """Take up a state; what no longer exists in it is passed over."""
        self.saved.restore(state)

    def arrangement(self) -> dict[str, Any]:
        """Columns, widths, order, filter and the current record."""
        query = replace(self.filter.query, group=self._group)
        return to_state(self._columns, self._widths, self._order, query, self.view.current_id())

    def arrange(self, state: dict[str, Any]) -> None:
        """Take up columns, widths, order, filter and the current record."""
        known = {field.key for field in self.fields}
        columns, self._widths = columns_from(state, known)
        query, self._wanted = query_from(state, known)
        self.set_columns(columns)
        self._set_order(query.order)
        self._group = query.group
        self.filter.set_query(query)

    def retranslate(self) -> None:
        """Set every word again."""
        self.presenter.forget()
        self.model.retell()
        self._resize_columns()
        self.filter.retranslate()
        self.bottom.retranslate()
        self.view.setAccessibleName(tr(f"kind.{self.kind.value}.plural"))
        self._tell_counts()
        self._show_emptiness()

    def open_columns(self, anchor: QWidget, point: QPoint | None = None) -> ColumnsPopover:
        """Let the user choose columns."""
        popover = ColumnsPopover(self.kind, self.fields, self._columns, anchor)
        popover.changed.connect(self._choose_columns)
        popover.reset_wanted.connect(self._reset_columns)
        self._open_over(popover, anchor, point)
        return popover

    def open_order(self, anchor: QWidget) -> OrderPopover:
        """Let the user choose headings and what the rows are sorted by."""
        popover = OrderPopover(self.kind, self.fields, self._order, self._group, anchor)
        popover.sorted_by.connect(self._sort)
        popover.grouped_by.connect(self.set_group)
        self._open_over(popover, anchor)
        return popover

    def _open_over(self, popover: Popover, anchor: QWidget, point: QPoint | None = None) -> None:
        if self.popover is not None:
            self.popover.hide()
            self.popover.deleteLater()
        self.popover = popover
        popover.open_at(anchor, point)

    # ---- how it comes about

    def _lay_out(self, with_filter: bool) -> None:
        self.body = QStackedWidget()
        self.body.addWidget(self.view)
        self.body.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(GAP_PAGE, 0, GAP_PAGE, GAP)
        top.addWidget(self.filter)
        column.addLayout(top)
        self.filter.setHidden(not with_filter)
        column.addWidget(self.body, 1)
        column.addWidget(self.bottom)

    def _connect(self) -> None:
        self.filter.changed.connect(lambda _query: self._filtered())
        self.filter.moved_down.connect(self.empty.go_below)
        self.view.head.sorted_by.connect(self._sort)
        self.view.head.columns_wanted.connect(lambda at: self.open_columns(self.view.head, at))
        self.view.head.moved.connect(lambda: self._choose_columns(self.view.head.keys()))
        self.view.head.sized.connect(self._sized)
        self.view.current_changed.connect(self.current_changed)
        self.view.selected.connect(self._selected)
        self.view.cells.closeEditor.connect(lambda *_: QTimer.singleShot(0, self, self._settled))
        self._loader.found.connect(self._found)
        self._loader.grouped.connect(self._found_groups)
        self.view.folded.connect(lambda group: self._show_headings(self._headings.toggled(group)))
        self._loader.summed.connect(self._summed)
        self._loader.waiting.connect(self.bottom.show_waiting)
        theme().changed.connect(self._resize_columns)
        self.acts.connect_all()

    def _filtered(self) -> None:
        self.view.scrollToTop()
        self._rearranged()

    def _sort(self, order: Order) -> None:
        self._set_order(order)
        self._rearranged()

    def _set_order(self, order: Order) -> None:
        self._order = order
        self.model.set_order(order)
        self.view.head.viewport().update()

    def _rearranged(self) -> None:
        self.reload()
        self.arranged.emit()

    def _sized(self, key: str, pixels: int) -> None:
        self._widths[key] = round(pixels * 100 / theme().percent)
        self.arranged.emit()

    def _resize_columns(self) -> None:
        for number, field in enumerate(self.model.fields):
            usual = self.spec.widths.get(field.key, field.width)
            chosen = self._widths.get(field.key)
            width = theme().px(chosen or usual)
            # Until somebody makes a column narrower, its name stands there whole.
            least = 0 if chosen else self.view.head.width_of(field)
            self.view.head.resizeSection(number, max(width, least))

    def _choose_columns(self, keys: Sequence[str]) -> None:
        added = set(keys) - set(self._columns)
        self.set_columns(keys)
        if any(field.summed and field.key in added for field in self.fields):
            self._rearranged()

    def _reset_columns(self) -> None:
        self._widths = {}
        self.set_columns(())
        self.arranged.emit()

    def _found(self, ids: array[int], whole: bool) -> None:
        place = self._kept or self.view.place()
        # While only the first rows are known, a longer list stays: its place would be lost.
        if not whole and len(self.model.ids) > len(ids):
            known = self.model.ids[: len(ids)] == ids
            if known or place.top != self.model.id_at(0):
                return
        if self.model.set_ids(ids):
            self.view.take_place(place)
            self._kept = place  # until all rows are known, or the user goes elsewhere
        self._arrived(whole)

    def _found_groups(self, found: Grouped) -> None:
        place = self.view.place()
        self._headings = self._headings.again(found)
        if self.model.set_headings(self._headings, self._group):
            self.view.take_place(place)
        self._arrived(True)

    def _show_headings(self, headings: Headings) -> None:
        place = self.view.place()
        self._headings = headings
        if self._group and self.model.set_headings(headings, self._group):
            self.view.take_place(place)

    def _arrived(self, whole: bool) -> None:
        self._complete = whole
        if whole:
            self._kept = None
            if self._wanted is not None:
                self.view.select_id(self._wanted)
                self._wanted = None
        elif self._wanted is not None and self.view.select_id(self._wanted):
            self._wanted = None
        records = self.model.records
        if not self.view.currentIndex().isValid() and len(records) and self._wanted is None:
            self.view.select_id(records[0])
        self._show_emptiness()
        self._tell_counts()

    def _summed(self, total: int, sums: Sums) -> None:
        self._total = total
        shown = {key: sums[key] for key in self._columns if sums.get(key)}
        self.bottom.show_sums(self.model.heading_texts.amounts(shown))
        self._tell_counts()

    def _tell_counts(self) -> None:
        count = len(self.model.records)
        total = count if self._total < 0 else max(self._total, count)
        self.bottom.show_counts(count, total, self.view.selected_count())
        self.filter.show_count(count, total)
        self.counted.emit(count, total)

    def _selected(self) -> None:
        self._kept = None
        self._tell_counts()
        self.selection_changed.emit()

    def _settled(self) -> None:
        if self._late:
            self.reload()

    def _show_emptiness(self) -> None:
        is_empty = self._complete and not self.model.ids
        if is_empty:
            self.empty.say()  # first: the keyboard goes to its button
        self.body.setCurrentIndex(1 if is_empty else 0)
        self.bottom.setVisible(not is_empty)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # They lie over the window: without their list they would stay behind.
        self.acts.close_popover()
        self.filter.close_popover()
        self.saved.close_popover()
        if self.popover is not None:
            self.popover.dismiss()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(tokens().surface))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
