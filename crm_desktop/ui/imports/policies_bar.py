"""What happens to records that are here already, by what they are known, and saved layouts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.services.imports import IMPORT_KINDS, MATCH_KEYS, Existing, ImportPlan
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.tokens import GAP_CARD
from crm_desktop.ui.widgets import Button, ChoiceField, ChoicesField, FieldRow, FlowLayout, Option


class PoliciesBar(QWidget):
    """Edits policy and keys of a plan in place."""

    changed = Signal()
    layouts_wished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        self.existing = ChoiceField(required=True)
        self.existing.changed.connect(self._existing_changed)
        self.match = ChoicesField()
        chips = self.match.layout()
        assert chips is not None
        chips.setContentsMargins(0, 2, 0, 2)  # as high as the boxes beside it
        self.match.changed.connect(self._match_changed)
        self.layouts = Button(icon_name="columns-3")
        self.layouts.clicked.connect(self.layouts_wished)
        flow = FlowLayout(self, gap=GAP_CARD)
        self._existing_row, self._match_row = FieldRow("", self.existing), FieldRow("", self.match)
        self._layouts_row = FieldRow("", self.layouts)
        for row in (self._existing_row, self._match_row, self._layouts_row):
            flow.addWidget(row)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what the plan says, in the language of now."""
        self._plan = plan
        kind = IMPORT_KINDS[plan.kind][0]
        self.existing.set_options(
            [Option(each, tr(f"import_page.existing.{each.value}")) for each in Existing]
        )
        self.existing.set_value(plan.existing)
        self.match.set_options(
            [Option(key, _key_words(kind.value, key)) for key in MATCH_KEYS[kind]]
        )
        self.match.set_value(plan.match)
        self._match_row.set_label(tr("import_page.match"))
        self.match.setAccessibleName(tr("import_page.match"))
        self._existing_row.set_label(tr("import_page.existing"))
        self.existing.setAccessibleName(tr("import_page.existing"))
        self._layouts_row.set_label(tr("import_page.layouts"))
        self.layouts.setText(tr("import_page.layouts_choose"))
        self._existing_row.setFixedWidth(theme().px(280))
        self._match_row.setMinimumWidth(theme().px(200))

    def _existing_changed(self, value: Existing) -> None:
        assert self._plan is not None
        self._plan.existing = value
        self.changed.emit()

    def _match_changed(self, keys: tuple[str, ...]) -> None:
        assert self._plan is not None
        self._plan.match = list(keys)
        self.changed.emit()


def _key_words(kind: str, key: str) -> str:
    names = (f"import_page.match.{kind}.{key}", f"import_page.match.{key}", f"field.{kind}.{key}")
    return tr(next(filter(has_words, names)))
