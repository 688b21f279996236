"""Step 1: which file, which sheet, which row is the header, and what the rows are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.services.imports import (
    IMPORT_KINDS,
    SEPARATORS,
    TEXTS,
    file_notes,
    separator_words,
)
from crm_desktop.ui.file_dialogs import FileKind, Purpose, ask_open, ask_save, workbook_kind
from crm_desktop.ui.formats import number
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.ui.imports.head_table import HeadTable
from crm_desktop.ui.imports.naming import sheet_kind_words
from crm_desktop.ui.language import tr, words
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import (
    Banner,
    Button,
    Card,
    ChoiceField,
    ElidedLabel,
    EmptyState,
    FieldRow,
    FlowLayout,
    Option,
    PlainLabel,
)

SUFFIXES = ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "vcf")
_ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "cp1252", "shift_jis", "euc_kr")
_HEADER_CHOICES = 12


def choose_file(parent: QWidget) -> Path | None:
    """Ask the system for a table; None when the user does not want one."""
    tables = FileKind(tr("import_page.tables"), SUFFIXES)
    return ask_open(parent, Purpose.IMPORT, tr("import_page.choose_title"), kinds=(tables,))


def ask_for_problem_rows(parent: QWidget, source: Path) -> Path | None:
    """Ask where the problem rows of a file go; None when the user changed his mind."""
    name = f"{source.stem} {tr('import_page.problem_rows')}.xlsx"
    title = tr("import_page.save_problems")
    chosen = ask_save(parent, Purpose.EXPORT, title, name=name, kinds=(workbook_kind(),))
    return chosen.path if chosen is not None else None


class FileStep(QWidget):
    """Either asks for a file or shows what is in it."""

    file_wished = Signal()  # the dialog, please
    file_dropped = Signal(str)
    sheet_chosen = Signal(str)
    kind_chosen = Signal(str)
    header_chosen = Signal(int)
    text_chosen = Signal(str, str)  # encoding, delimiter

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self.setAcceptDrops(True)
        self.ask = EmptyState("file-spreadsheet", "")
        self.ask.primary_clicked.connect(self.file_wished)
        self._facts = self._build_facts()
        self._facts.hide()
        # Not a stack: that is as high as its highest page, and this one must fit small windows.
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.ask)
        whole.addWidget(self._facts)
        self.retranslate()

    def _build_facts(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_CARD)
        card = Card()
        head = QHBoxLayout()
        head.setSpacing(GAP)
        self._name = ElidedLabel(role="strong", middle=True)
        self._what = PlainLabel(tone="muted")
        self._other = Button(small=True)
        self._other.clicked.connect(self.file_wished)
        head.addWidget(self._name)
        head.addWidget(self._what)
        head.addStretch(1)
        head.addWidget(self._other)
        card.body.addLayout(head)
        fields = QWidget()
        self._flow = FlowLayout(fields)
        self.sheet = ChoiceField(required=True)
        self.header = ChoiceField(required=True)
        self.kind = ChoiceField(required=True)
        self.encoding = ChoiceField(required=True)
        self.delimiter = ChoiceField(required=True)
        self._rows = {
            "sheet": FieldRow("", self.sheet),
            "header": FieldRow("", self.header),
            "kind": FieldRow("", self.kind),
            "encoding": FieldRow("", self.encoding),
            "delimiter": FieldRow("", self.delimiter),
        }
        for row in self._rows.values():
            self._flow.addWidget(row)
        self.sheet.changed.connect(self.sheet_chosen.emit)
        self.kind.changed.connect(self._kind_changed)
        self.header.changed.connect(self.header_chosen.emit)
        self.encoding.changed.connect(lambda _value: self._text_changed())
        self.delimiter.changed.connect(lambda _value: self._text_changed())
        card.body.addWidget(fields)
        column.addWidget(card)
        self.warning = Banner("", kind="amber")
        column.addWidget(self.warning)
        self._hint = PlainLabel(role="small", tone="muted", wrap=True)
        column.addWidget(self._hint)
        self.table = HeadTable()
        self.table.header_wished.connect(self._row_clicked)
        column.addWidget(self.table, 1)
        theme().changed.connect(self._remeasure)
        self._remeasure()
        return whole

    def show_draft(self, draft: Draft | None) -> None:
        """Show a file, or ask for one."""
        self._draft = draft
        self.ask.setVisible(draft is None)
        self._facts.setVisible(draft is not None)
        if draft is not None:
            self._fill(draft)

    def retranslate(self) -> None:
        """All words again."""
        self.ask.set_texts(
            tr("import_page.ask"),
            why=tr("import_page.ask_why"),
            primary=tr("common.choose_file"),
        )
        self._other.setText(tr("import_page.other_file"))
        self._hint.setText(tr("import_page.header_hint"))
        for key, row in self._rows.items():
            row.set_label(tr(f"import_page.{key}"))
            row.editor.setAccessibleName(tr(f"import_page.{key}"))
        self.table.retranslate()
        if self._draft is not None:
            self._fill(self._draft)

    def _fill(self, draft: Draft) -> None:
        facts, plan = draft.preview.facts, draft.plan
        self._name.setText(facts.name)
        self._what.setText(tr(f"import_page.type.{facts.kind}"))
        numbered = sorted(enumerate(facts.sheets), key=lambda pair: pair[1].hidden)
        self.sheet.set_options(
            [
                Option(
                    sheet.name,
                    tr(
                        "import_page.sheet_hidden" if sheet.hidden else "import_page.sheet_rows",
                        name=sheet.name or facts.name,
                        rows=number(sheet.rows),
                    ),
                )
                for _, sheet in numbered
            ]
        )
        self.sheet.set_value(draft.sheet.name)
        self._rows["sheet"].setVisible(facts.kind not in TEXTS)
        rows = sorted({*range(_HEADER_CHOICES + 1), plan.header_row})
        rows = [row for row in rows if row <= len(draft.preview.head)]
        self.header.set_options(
            [Option(row, str(row) if row else tr("import_page.no_header")) for row in rows]
        )
        self.header.set_value(plan.header_row)
        kinds = [Option(kind, sheet_kind_words(kind)) for kind in IMPORT_KINDS]
        if plan.kind_open:
            kinds.insert(0, Option("", tr("import_page.kind_open")))
        self.kind.set_options(kinds)
        self.kind.set_value("" if plan.kind_open else plan.kind)
        self._fill_text(draft)
        warnings = _warnings(draft)
        self.warning.setVisible(bool(warnings))
        self.warning.set_text("\n".join(warnings))
        self.table.show_rows(draft.preview.head, plan.header_row)

    def _fill_text(self, draft: Draft) -> None:
        facts = draft.preview.facts
        is_text = facts.kind in TEXTS
        self._rows["encoding"].setVisible(is_text)
        self._rows["delimiter"].setVisible(facts.kind == "text")
        if not is_text:
            return
        encodings = [Option(name, name.upper().replace("_", "-")) for name in _ENCODINGS]
        self.encoding.set_options(encodings)
        self.encoding.set_value(facts.encoding.lower().replace("-sig", ""))
        self.delimiter.set_options(
            [Option(each, separator_words(each, words())) for each in SEPARATORS]
        )
        self.delimiter.set_value(facts.delimiter)

    def trouble(self) -> str:
        """Why one cannot go on, as a sentence; "" when one can."""
        is_open = self._draft is not None and self._draft.plan.kind_open
        return tr("import_page.say_kind") if is_open else ""

    def _kind_changed(self, kind: str) -> None:
        if kind:
            self.kind_chosen.emit(kind)

    def _text_changed(self) -> None:
        self.text_chosen.emit(str(self.encoding.value()), str(self.delimiter.value()))

    def _row_clicked(self, row: int) -> None:
        if self._draft is not None and row != self._draft.plan.header_row:
            self.header_chosen.emit(row)

    def _remeasure(self) -> None:
        self.table.setMinimumHeight(theme().px(160))
        widths = {"sheet": 240, "header": 130, "kind": 240, "encoding": 130, "delimiter": 140}
        for key, row in self._rows.items():
            row.setFixedWidth(theme().px(widths[key]))
        self._flow.setSpacing(GAP_CARD)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.accept()
                self.file_dropped.emit(str(Path(url.toLocalFile())))
                return


def _warnings(draft: Draft) -> list[str]:
    """What the user should know about the file before going on."""
    notes = file_notes(draft.preview.facts, draft.plan, words())
    found = [tr(note.key, **note.args) for note in notes]
    if not draft.plan.sure:
        found.append(tr("import_page.kind_unsure"))
    return found
