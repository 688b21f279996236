"""Step 4: the whole account of an import, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.domain.imports import ImportReport, Outcome
from crm_desktop.ui.formats import number
from crm_desktop.ui.imports.draft import Draft
from crm_desktop.ui.imports.first_followup import followed
from crm_desktop.ui.imports.naming import count_words, target_words
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP, GAP_CARD
from crm_desktop.ui.widgets import (
    Banner,
    Button,
    Card,
    ElidedLabel,
    KpiRow,
    PlainLabel,
    PrimaryButton,
)
from crm_desktop.ui.widgets.layouts import FlowLayout
from crm_desktop.ui.widgets.tiles import Tiles

_FIGURE_WIDTH = 44  # at 100 %
_TILE_WIDTH = 96
_FIGURES = (Outcome.CREATED, Outcome.UPDATED, Outcome.SAME, Outcome.SKIPPED, Outcome.FAILED)


class DoneStep(QWidget):
    """Counts that add up; undo, show, and another file."""

    undo_wished = Signal()
    show_wished = Signal()
    save_wished = Signal()  # the problem rows, as a workbook
    again_wished = Signal()
    followup_wished = Signal()  # for each new record
    layout_wished = Signal(QWidget)  # keep how the columns were assigned; asked beside it

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self._report: ImportReport | None = None
        self.undone = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP_CARD)
        self.headline = PlainLabel(role="title", wrap=True)
        outer.addWidget(self.headline)
        self.note = Banner("", kind="info")
        outer.addWidget(self.note)
        self.figures = Tiles(_TILE_WIDTH, gap=4)
        outer.addWidget(self.figures)
        buttons = QWidget()
        actions = FlowLayout(buttons)
        actions.setSpacing(GAP)
        self.show_button = PrimaryButton(icon_name="users")
        self.undo = Button(icon_name="undo-2")
        self.save = Button(icon_name="file-down")
        self.again = Button(icon_name="file-spreadsheet")
        self.followup = Button(icon_name="calendar-plus")
        self.followup.clicked.connect(self.followup_wished)
        self.show_button.clicked.connect(self.show_wished)
        self.undo.clicked.connect(self.undo_wished)
        self.save.clicked.connect(self.save_wished)
        self.again.clicked.connect(self.again_wished)
        self.layouts = Button(icon_name="columns-3")
        self.layouts.clicked.connect(lambda: self.layout_wished.emit(self.layouts))
        for button in (
            self.show_button, self.followup, self.undo, self.save, self.again, self.layouts,
        ):  # fmt: skip
            actions.addWidget(button)
        outer.addWidget(buttons)
        self.remembered = PlainLabel(role="small", tone="muted", wrap=True)
        outer.addWidget(self.remembered)
        self._cards = QWidget()
        outer.addWidget(self._cards)
        outer.addStretch(1)
        self.retranslate()

    def show_result(self, draft: Draft, report: ImportReport, undone: str = "") -> None:
        """Show what an import did; `undone` says what taking it back did."""
        self._draft, self._report, self.undone = draft, report, undone
        self._fill()

    def retranslate(self) -> None:
        """All words again."""
        self.undo.setText(tr("import_page.undo"))
        self.save.setText(tr("import_page.save_problems"))
        self.again.setText(tr("import_page.again"))
        self.followup.setText(tr("import_page.first_followup"))
        self.remembered.setText(tr("import_page.mapping_remembered"))
        self.layouts.setText(tr("import_page.mapping_name"))
        if self._report is not None:
            self._fill()

    def _fill(self) -> None:
        draft, report = self._draft, self._report
        assert draft is not None
        assert report is not None
        made = [count_words(plural, n) for plural, n in report.by_kind.items() if n]
        changed = report.count(Outcome.CREATED) + report.count(Outcome.UPDATED)
        name = draft.path.name
        if self.undone:
            words = tr("import_page.taken_back", name=name)
        elif changed:
            words = tr("import_page.imported", count=changed, number=number(changed), name=name)
        else:
            words = tr("import_page.nothing_new", name=name)
        self.headline.setText(words)
        out = len(draft.wishes.left_out) + report.count(Outcome.FAILED)
        told = tr("import_page.stayed_out", count=out) if out and changed else ""
        self.note.setVisible(bool(self.undone or told))
        self.note.set_text(self.undone or told)
        figures = [("rows", tr("import_page.rows"), number(report.rows))]
        figures += [
            (o.value, tr(f"import_page.count.{o.value}"), number(report.count(o))) for o in _FIGURES
        ]
        idle = [key for key, _, _ in figures]
        # Nothing can be clicked, so no edge needs room: the words stand under the headline.
        self.figures.set_tiles([KpiRow([figure], idle=idle, inset=0) for figure in figures])
        self.undo.setVisible(report.gesture is not None and not self.undone)
        self.save.setVisible(bool(report.problems or draft.wishes.left_out) and not self.undone)
        self.show_button.setVisible(not self.undone)
        new = followed(report, draft.plan.kind)
        self.followup.setVisible(new is not None and not self.undone)
        for one in (self.remembered, self.layouts):
            one.setVisible(bool(draft.plan.fingerprint) and not self.undone)
        self.show_button.setText(tr(f"import_page.show.{draft.plan.kind}"))
        places = {place.key: place for place in draft.places()}
        values = [
            (target_words(target, places, draft.own_names), number(count))
            for target, count in sorted(report.values.items(), key=lambda pair: -pair[1])
        ]
        lists = [
            (tr(f"list.{key}") if has_words(f"list.{key}") else key, number(count))
            for key, count in report.new_items.items()
        ]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_CARD)
        if not self.undone:
            self._card(column, "import_page.made", [(words, "") for words in made])
            self._card(column, "import_page.values", values)
            self._card(column, "import_page.new_items", lists)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(self._cards, inner)
        self._cards.deleteLater()
        self._cards = inner

    @staticmethod
    def _card(column: QVBoxLayout, title: str, pairs: Iterable[tuple[str, str]]) -> None:
        """A card of names with numbers, in two columns; none for nothing."""
        pairs = list(pairs)
        if not pairs:
            return
        card = Card(tr(title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_CARD)
        grid.setVerticalSpacing(4)
        half = (len(pairs) + 1) // 2
        for at, (name, count) in enumerate(pairs):
            side, row = divmod(at, half)
            grid.addWidget(ElidedLabel(name), row, side * 3)
            if not count:
                continue
            figure = PlainLabel(count, role="number")
            figure.setMinimumWidth(theme().px(_FIGURE_WIDTH))
            grid.addWidget(figure, row, side * 3 + 1, Qt.AlignmentFlag.AlignRight)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for side in (0, 1):
            grid.setColumnStretch(side * 3, 1)
            grid.setColumnMinimumWidth(side * 3 + 1, theme().px(_FIGURE_WIDTH))
            grid.setColumnMinimumWidth(side * 3 + 2, 2 * GAP_CARD)
        card.body.addLayout(grid)
        column.addWidget(card)
