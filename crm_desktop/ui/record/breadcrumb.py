"""Above a record: the way back to its list, and the records before and after it there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import LIST_OF_KIND, Place
from crm_desktop.ui.record.trail import Trail, trail_of
from crm_desktop.ui.widgets import IconButton, LinkButton, PlainLabel


class Breadcrumb(QWidget):
    """Asks to go to another place, or to put the neighbour in the place of the record."""

    go_wished = Signal(object)  # Place
    beside_wished = Signal(int)  # -1 or 1

    def __init__(self, context: Context, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._place: Place | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.list_link = LinkButton()
        self.list_link.clicked.connect(self._back_to_list)
        row.addWidget(self.list_link)
        row.addStretch(1)
        self.previous = IconButton("chevron-left", "", small=True)
        self.previous.clicked.connect(lambda: self.beside_wished.emit(-1))
        self.position = PlainLabel("", role="small", tone="muted")
        self.next = IconButton("chevron-right", "", small=True)
        self.next.clicked.connect(lambda: self.beside_wished.emit(1))
        for widget in (self.previous, self.position, self.next):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_place(self, place: Place | None) -> None:
        """Tell where in its list the record of `place` stands."""
        self._place = place
        trail = self._trail()
        at = None
        if trail is not None and place is not None and place.id is not None:
            at = trail.position(place.id)
        for widget in (self.previous, self.position, self.next):
            widget.setVisible(at is not None)
        if trail is not None and at is not None:
            words = tr("common.of", shown=at + 1, total=len(trail.ids))
            self.position.setText(words)
            self.previous.setEnabled(at > 0)
            self.next.setEnabled(at < len(trail.ids) - 1)
        self.list_link.setText(self._list_words())

    def neighbour(self, place: Place | None, step: int) -> Place | None:
        """The place of the record before or after, reached from the same list."""
        trail = trail_of(self._context, place) if place is not None else None
        if trail is None or place is None or place.id is None:
            return None
        beside = trail.beside(place.id, step)
        return None if beside is None else Place.record(self._kind, beside, **dict(place.query))

    def retranslate(self) -> None:
        """Set every word again."""
        self.list_link.setText(self._list_words())
        self.previous.set_name(tr("record_page.previous"))
        self.next.set_name(tr("record_page.next"))

    def _trail(self) -> Trail | None:
        return trail_of(self._context, self._place) if self._place is not None else None

    def _list_words(self) -> str:
        trail = self._trail()
        plain = tr(f"kind.{self._kind.value}.plural")
        more = trail is not None and trail.title and trail.title != plain
        if trail is not None and more:
            return tr("record_page.crumb", list=plain, view=trail.title)
        return tr("record_page.crumb_plain", list=plain)

    def _back_to_list(self) -> None:
        trail = self._trail()
        back = trail.back if trail is not None else Place(LIST_OF_KIND[self._kind.value])
        self.go_wished.emit(back)
