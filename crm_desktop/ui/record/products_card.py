"""The products an opportunity is about, with quantity and price; they lead to its amount."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain import schema
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.parts import Part, Proposal, bare, proposed_sum
from crm_desktop.ui.formats import money, number
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.panel import LinkRow
from crm_desktop.ui.record.part_rows import PartRow
from crm_desktop.ui.widgets import Card, LinkButton, LinkField, PlainLabel

KEY = "products"
_EDIT, _REMOVE = "edit_product", "remove_product"
_FOCUS = Qt.FocusReason.OtherFocusReason


class ProductsCard(Card):
    """A row for each product, and a line at the end that takes one more.

    A product that was typed in is asked for its quantity next, then the line waits again.
    """

    opened = Signal(object)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._editing = editing
        self._field = schema.find(Kind.OPPORTUNITY, KEY)
        self._parts: tuple[Proposal, ...] = ()
        self._fresh = False  # the last row was added just now
        self.rows: list[LinkRow | PartRow] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.body.addLayout(self._lines)
        self.open_line = self._open_line()
        self.body.addWidget(self.open_line)
        self._problem = PlainLabel("", role="small", tone="danger", wrap=True)
        self.body.addWidget(self._problem)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        self.use_sum = LinkButton()
        self.use_sum.clicked.connect(self._use_sum)
        self.sum = PlainLabel("", role="strong")
        foot.addWidget(self.use_sum)
        foot.addStretch(1)
        foot.addWidget(self.sum)
        self.body.addWidget(self._foot)
        self._say("")

    def retranslate(self) -> None:
        """Set every word again; a product that is being edited keeps its inputs."""
        self.open_line.setPlaceholderText(tr("record_page.add_product"))
        self.open_line.setAccessibleName(tr("record_page.add_product"))
        self.use_sum.setText(tr("record_page.use_sum"))
        if self.edited is None:
            self._fill()
        self._show_sum()

    @property
    def edited(self) -> PartRow | None:
        """The product whose inputs are open."""
        return next((row for row in self.rows if isinstance(row, PartRow)), None)

    def forget(self) -> None:
        """Another record comes."""
        self._parts, self._fresh = (), False
        self._say("")
        self._fill()
        self.open_line.set_value(None)

    def has_unsaved_text(self) -> bool:
        """Whether something is typed that is not stored."""
        return self.edited is not None and self.edited.has_unread_text()

    def leave(self) -> None:
        """Store what is being typed, where it can be read."""
        if self.edited is not None:
            self._store(self.edited)

    def show_card(self) -> None:
        """Show what is stored now; what is being typed stays."""
        parts: tuple[Proposal, ...] = tuple(self._editing.value(KEY) or ())
        more = len(parts) > len(self._parts)
        if parts != self._parts and self.edited is None:
            self._parts = parts
            self._fill()
            if self._fresh and more:
                self._fresh = False
                self.edit(len(parts) - 1, "quantity")
        self._show_sum()

    def edit(self, place: int, piece: str = "what") -> None:
        """Open the inputs of a product, the keyboard in one of them."""
        self.leave()
        row = PartRow(
            self._field,
            self._parts[place],
            self._editing.input,
            name=tr("field.quote.line.product"),
            narrow=True,
        )
        row.refused.connect(self._say)
        row.submitted.connect(lambda: self._store(row, onward=True))
        row.removed.connect(lambda: self._remove(place))
        row.left.connect(lambda: self._store(row))
        row.cancelled.connect(self._cancel)
        self._put(place, row)
        row.inputs[piece].setFocus(_FOCUS)
        row.inputs[piece].selectAll()

    # ---- the rows

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            _drop(item.widget())
        self.rows.clear()
        for place, part in enumerate(self._parts):
            row = self._at_rest(place, part)
            self.rows.append(row)
            self._lines.addWidget(row)

    def _put(self, place: int, row: LinkRow | PartRow) -> None:
        """A row in the place of the present one."""
        before = self.rows[place]
        self.rows[place] = row
        self._lines.insertWidget(place, row)
        self._lines.removeWidget(before)
        row.show()
        _drop(before)

    def _at_rest(self, place: int, part: Proposal) -> LinkRow:
        row = LinkRow(part.what.title, self._beside(part), (_EDIT, _REMOVE))
        row.opened.connect(lambda: self.opened.emit(part.what))
        row.acted.connect(
            lambda act: self.edit(place, "quantity") if act == _EDIT else self._remove(place)
        )
        return row

    def _beside(self, part: Proposal) -> str:
        """3 × ¥550 = ¥1,650."""
        quantity, currency = number(part.quantity or 1), self._editing.currency
        amount = proposed_sum((part,))
        if part.price is None or amount is None:
            return tr("record_page.quantity_only", quantity=quantity)
        price, whole = money(part.price, currency), money(amount, currency)
        return tr("record_page.quantity_price", quantity=quantity, price=price, amount=whole)

    def _show_sum(self) -> None:
        self.set_title(tr("field.opportunity.products"), len(self._parts))
        whole, currency = proposed_sum(self._parts), self._editing.currency
        self._foot.setVisible(whole is not None)
        if whole is not None:
            self.sum.setText(tr("record_page.sum", sum=money(whole, currency)))
            self.use_sum.setVisible(whole != self._editing.value("amount"))

    # ---- storing

    def _store(self, row: PartRow, *, onward: bool = False) -> None:
        """What the inputs say; they stay open where something cannot be read.

        `onward`: the keyboard goes to the line for the next product.
        """
        if row not in self.rows or not row.read():
            return
        place, told, before = self.rows.index(row), row.part(), self._parts
        stored = tuple(self._editing.value(KEY) or ())
        self._close(place)
        if onward:
            self.open_line.setFocus(_FOCUS)
        # What was taken back meanwhile stays so.
        there = stored[place : place + 1] == before[place : place + 1]
        if there and told is not None and told != bare(before[place]):
            self._save((*stored[:place], told, *stored[place + 1 :]))

    def _cancel(self) -> None:
        if self.edited is not None:
            self._close(self.rows.index(self.edited))
            self.open_line.setFocus(_FOCUS)

    def _close(self, place: int) -> None:
        self._say("")
        self._put(place, self._at_rest(place, self._parts[place]))
        self.show_card()

    def _remove(self, place: int) -> None:
        if self.edited is not None:
            self._close(self.rows.index(self.edited))
        self.open_line.setFocus(_FOCUS)
        self._save((*self._parts[:place], *self._parts[place + 1 :]))

    def _save(self, parts: Sequence[Part]) -> None:
        self._editing.save(KEY, tuple(parts))

    def _use_sum(self) -> None:
        whole = proposed_sum(self._parts)
        self.open_line.setFocus(_FOCUS)
        if whole is not None:
            self._editing.save("amount", whole)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    # ---- one more

    def _open_line(self) -> LinkField:
        records = self._editing.context.services.records

        def search(text: str) -> list[tuple[int, str, str]]:
            found = records.find_links(Kind.PRODUCT, text)
            return [(one.ref.id, one.ref.title, one.subtitle) for one in found]

        line = LinkField(search, can_create=True)
        line.changed.connect(lambda chosen: self._propose(chosen) if chosen is not None else None)
        line.create_wanted.connect(self._propose)
        return line

    def _propose(self, product: int | str) -> None:
        """One more of this id, or a new one of this name."""
        ref, opportunities = self._editing.ref, self._editing.context.services.opportunities
        if ref is None:
            return
        self.open_line.set_value(None)
        self._say("")
        self._fresh = True
        self._editing.write(lambda: opportunities.propose(ref.id, product))


def _drop(widget: QObject | None) -> None:
    if isinstance(widget, QWidget):
        widget.hide()
        widget.deleteLater()
