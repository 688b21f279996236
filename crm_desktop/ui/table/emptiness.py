"""What stands in the place of a list that has no rows: why, and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.widgets import EmptyState

if TYPE_CHECKING:
    from crm_desktop.ui.table.pane import TablePane


class EmptyList(EmptyState):
    """Nothing yet, or nothing that the filter lets through."""

    def __init__(self, pane: TablePane) -> None:
        super().__init__(pane.spec.icon, "")
        self._pane = pane
        self.primary_clicked.connect(self._go_on)
        self.secondary_clicked.connect(self._create)

    def go_below(self) -> None:
        """Down from the filter: to the rows, and here where there are none."""
        below = self if self.isVisible() else self._pane.view
        below.setFocus()

    def say(self) -> None:
        """Set the words for the filter of now."""
        pane, kind = self._pane, self._pane.kind.value
        if pane.filter.active:
            text = pane.filter.query.text.strip()
            what = tr(f"table.no_match.{kind}", count=pane.filter.active)
            noun = tr(f"kind.{kind}").lower()  # it stands inside the sentence
            create = tr("table.create_named", kind=noun, name=text) if text else ""
            self.set_texts(what, primary=tr("common.clear_filters"), secondary=create)
            return
        imports = pane.spec.can_import
        self.set_texts(
            tr(f"table.empty.{kind}"),
            why=tr(f"table.empty.{kind}.why"),
            primary=tr("table.import" if imports else f"table.add.{kind}"),
            secondary=tr(f"table.add.{kind}") if imports else "",
        )

    def _go_on(self) -> None:
        pane = self._pane
        if pane.filter.active:
            pane.filter.clear()
        elif pane.spec.can_import:
            pane.context.navigator.go(Place("import"))
        else:
            pane.acts.new(self)

    def _create(self) -> None:
        self._pane.acts.new(self, text=self._pane.filter.query.text.strip())
