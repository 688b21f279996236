"""What hangs on a record: panels with a count, a few rows, and a line to add one more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain import schema
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.records import Row
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.editing import Editing
from crm_desktop.ui.record.expense_form import ExpenseForm
from crm_desktop.ui.record.extra_panels import ExtraPanels, FormPanel
from crm_desktop.ui.record.extras import Line
from crm_desktop.ui.record.panel import Panel
from crm_desktop.ui.record.places import rows_place
from crm_desktop.ui.record.receipt_form import ReceiptForm
from crm_desktop.ui.record.shown import Shown

MOST = 5


@dataclass(frozen=True, slots=True)
class Section:
    """Records of `kind` whose field `by` is the record shown; `side` are shown beside titles."""

    kind: Kind
    by: str
    side: tuple[str, ...] = ()
    creates: bool = True
    form: bool = False  # the plus opens the form of the kind


_STATE = ("state",)
_PAID = ("amount", "dated")
_SPENT = ("amount", "purpose")
SECTIONS: dict[Kind, tuple[Section, ...]] = {
    Kind.PERSON: (
        Section(Kind.OPPORTUNITY, "person", ("stage", "amount")),
        Section(Kind.QUOTE, "person", ("state", "total"), creates=False),
        Section(Kind.CONTRACT, "person", _STATE, creates=False),
        Section(Kind.RECEIPT, "person", _PAID, form=True),
        Section(Kind.EXPENSE, "person", _SPENT, form=True),
        Section(Kind.TICKET, "person", _STATE),
    ),
    Kind.COMPANY: (
        Section(Kind.PERSON, "company", ("title",)),
        Section(Kind.OPPORTUNITY, "company", ("stage", "amount")),
        Section(Kind.QUOTE, "company", ("state", "total"), creates=False),
        Section(Kind.CONTRACT, "company", _STATE, creates=False),
        Section(Kind.RECEIPT, "company", _PAID, form=True),
        Section(Kind.EXPENSE, "company", _SPENT, form=True),
        Section(Kind.TICKET, "company", _STATE),
    ),
    Kind.OPPORTUNITY: (
        Section(Kind.QUOTE, "opportunity", ("state", "total"), creates=False),
        Section(Kind.CONTRACT, "opportunity", _STATE, creates=False),
    ),
    Kind.TICKET: (),
    Kind.PRODUCT: (Section(Kind.TICKET, "product", _STATE),),
    Kind.RECEIPT: (),
    Kind.EXPENSE: (),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a section holds: how many, and the first rows (title, then the sides)."""

    section: Section
    count: int
    rows: tuple[Row, ...]


def query_of(section: Section, ref: Ref) -> Query:
    """The records of a section."""
    return Query().also(Condition(section.by, Op.IS, ref.id))


def read_sections(context: Context, ref: Ref, sections: Sequence[Section]) -> list[Found]:
    """Read every section; runs in a reader thread."""
    records = context.services.records
    found = []
    for section in sections:
        query = query_of(section, ref)
        ids = records.ids(section.kind, query, MOST)
        known = {field.key for field in records.fields(section.kind)}
        sides = tuple(key for key in section.side if key in known)
        keys = (
            schema.TITLE_KEYS[section.kind],
            *sides,
            *(("currency",) if "currency" in known else ()),
        )
        rows = records.rows(section.kind, list(ids), keys)
        count = len(ids) if len(ids) < MOST else records.count(section.kind, query)
        found.append(Found(section, count, tuple(rows)))
    return found


class Related(QWidget):
    """All panels of one kind of record."""

    opened = Signal(object)

    def __init__(self, editing: Editing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editing = editing
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.panels: dict[Kind, Panel] = {}
        self.extras = ExtraPanels(editing)
        self.extras.opened.connect(self.opened)
        for section in SECTIONS[editing.kind]:
            self._add(section)
        for panel in self.extras.panels.values():
            self.column.addWidget(panel)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        """Set every word again."""
        for panel in (*self.panels.values(), *self.extras.panels.values()):
            panel.retranslate()

    def show_found(self, found: Sequence[Found], extras: Mapping[str, Sequence[Line]]) -> None:
        """Show what was read."""
        shown = self._editing.shown
        for each in found:
            panel = self.panels[each.section.kind]
            rows = [line_of(shown, each.section, row) for row in each.rows]
            panel.show_rows(each.count, rows)
            # Papers are made by their own buttons: an empty panel would only take room.
            panel.setVisible(bool(each.count) or each.section.creates)
        self.extras.show_lines(extras)

    def folded(self) -> list[str]:
        """Which panels the user has folded."""
        return [name for name, panel in self._named() if not panel.head.is_open()]

    def fold(self, names: Sequence[str]) -> None:
        """Fold these panels."""
        for name, panel in self._named():
            panel.head.set_open(name not in names)

    def _named(self) -> list[tuple[str, Panel]]:
        linked = [(kind.value, panel) for kind, panel in self.panels.items()]
        return [*linked, *self.extras.panels.items()]

    def start_new(self, kind: Kind) -> None:
        """Open the line for a new linked record of `kind`."""
        self.panels[kind].start_new()

    def has_unsaved_text(self) -> bool:
        """Whether a name is being typed."""
        return any(panel.new_line.text().strip() for panel in self.panels.values())

    def _add(self, section: Section) -> None:
        words = f"kind.{section.kind.value}.plural"
        create = (lambda text: self._create(section, text)) if section.creates else None
        if section.form:
            with_form = FormPanel(lambda: tr(words))
            with_form.form_wanted.connect(lambda: self.open_form(section.kind))
            panel: Panel = with_form
        else:
            panel = Panel(lambda: tr(words), create)
        panel.opened.connect(self.opened)
        panel.all_wanted.connect(lambda: self._show_all(section))
        self.panels[section.kind] = panel
        self.column.addWidget(panel)

    def open_form(self, kind: Kind) -> None:
        """The form of money that came in from this customer, or was spent on them."""
        ref, context = self._editing.ref, self._editing.context
        if ref is None:
            return
        panel = self.panels[kind]
        company = self._editing.value("company")
        customer = {"company": company.id if company is not None else None, ref.kind.value: ref.id}
        if kind is Kind.EXPENSE:
            ExpenseForm(context, panel, customer).open_at(panel.head)
            return
        expected = context.services.payments.expected_of(ref)
        ReceiptForm(context, panel, customer, contracts=expected).open_at(panel.head)

    def _create(self, section: Section, title: str) -> None:
        ref = self._editing.ref
        if ref is None:
            return
        services = self._editing.context.services
        values = {schema.TITLE_KEYS[section.kind]: title, section.by: ref.id}
        window = self._editing.context.window
        told = tr("record_page.created", name=title)
        if section.kind is Kind.TICKET:
            self._editing.write(
                lambda: services.tickets.open(values), lambda: window.toast(told, undo=True)
            )
        else:
            self._editing.write(
                lambda: services.records.create(section.kind, values),
                lambda: window.toast(told, undo=True),
            )

    def _show_all(self, section: Section) -> None:
        ref = self._editing.ref
        if ref is not None:
            place = rows_place(section.kind, query_of(section, ref))
            self._editing.context.navigator.go(place)


def line_of(shown: Shown, section: Section, row: Row) -> Line:
    """One linked record as its line: the title, and what stands beside it."""
    fields = {field.key: field for field in schema.FIELDS[section.kind]}
    sides = [key for key in section.side if key in fields]
    currency = str(row.values[-1] or "") if "currency" in fields else ""
    texts = [
        shown.text(section.kind, fields[key], value, currency)
        for key, value in zip(sides, row.values[1:], strict=False)
    ]
    title = str(row.values[0] or "")
    return Line(Ref(section.kind, row.id, title), " · ".join(text for text in texts if text))
