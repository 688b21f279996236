"""The sums of a document as its paper shows them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from crm_desktop.domain.capitals import rmb_capitals
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.totals import Totals
from crm_desktop.ui.formats import money, number
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import Card, PlainLabel


class Sums(Card):
    """Subtotal, discount, taxes, total; yuan in capitals too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.capitals = PlainLabel("", tone="muted", wrap=True)
        self.capitals.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.capitals.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.body.addWidget(self.capitals)
        self._totals: Totals | None = None
        self.values: dict[str, str] = {}

    def show_totals(self, totals: Totals) -> None:
        """Show these sums."""
        self._totals = totals
        self.retranslate()

    def retranslate(self) -> None:
        """Show the sums in the language of now."""
        totals = self._totals
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.values.clear()
        if totals is None:
            return
        code = totals.currency
        rows = [("subtotal", tr("paper_page.subtotal"), money(totals.subtotal, code, cents=True))]
        if totals.discount:
            less = money(-totals.discount, code, cents=True)
            rows.append(("discount", tr("paper_page.discount"), less))
        words = "paper_page.tax_within" if totals.tax_included else "paper_page.tax_added"
        for part in totals.taxes:
            if part.rate:
                name = tr(words, rate=f"{number(part.rate)}%")
                rows.append((f"tax.{part.rate}", name, money(part.tax, code, cents=True)))
        rows.append(("total", tr("common.total"), money(totals.total, code, cents=True)))
        for line, (key, name, value) in enumerate(rows):
            role = "kpi" if key == "total" else "body"
            label = PlainLabel(name, role="strong" if key == "total" else "body", tone="muted")
            shown = PlainLabel(value, role=role if key == "total" else "number")
            shown.setAccessibleName(tr("format.colon", name=name, value=value))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(label, line, 0, right)
            self._grid.addWidget(shown, line, 1, right)
            self.values[key] = value
        self.capitals.setText(_capitals(totals))
        self.capitals.setVisible(bool(self.capitals.text()))


def _capitals(totals: Totals) -> str:
    if totals.currency != "CNY" or not totals.lines:
        return ""
    try:
        return rmb_capitals(totals.total)
    except (Refused, ValueError):
        return ""  # larger than capitals go; the paper says so when it is made
