"""Rows copied from a sheet, shown as the lines they would become before they are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.written_amounts import parse_amount
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers.line_cells import cell_name
from crm_desktop.ui.theme import theme
from crm_desktop.ui.widgets import (
    ButtonRow,
    ChoiceField,
    ElidedLabel,
    Option,
    PlainLabel,
    Popover,
    PrimaryButton,
)

TARGETS = ("name", "description", "quantity", "unit", "price", "discount_percent", "tax_rate")
_FIGURES = ("quantity", "price", "discount_percent", "tax_rate")
_SHOWN = 6
# How firms head these columns; compared without spaces, lower case.
_HEADINGS = {
    "name": "name item product 名称 品名 产品 产品名称 货物名称 货物 项目 商品 商品名称",
    "description": "description detail spec model remark 说明 规格 型号 规格型号 描述 备注",
    "quantity": "qty quantity count pcs 数量",
    "unit": "unit 单位 计量单位",
    "price": "price unitprice 单价 价格 含税单价 不含税单价",
    "discount_percent": "discount disc discount% 折扣 折扣%",
    "tax_rate": "tax taxrate vat tax% 税率 税率%",
    "": "amount total no no. # 金额 小计 合计 序号 编号",
}
_TARGET_OF = {word: key for key, words in _HEADINGS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Pasted:
    """A table from a clipboard: its rows, and what each column seems to be ("" = nothing)."""

    rows: tuple[tuple[str, ...], ...]
    targets: tuple[str, ...]


def read(text: str) -> Pasted:
    """The cells of copied rows; a heading row names the columns and is left out."""
    rows = [tuple(_cells(line)) for line in _lines(text)]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    full = [row + ("",) * (width - len(row)) for row in rows]
    if full:
        named = [_TARGET_OF.get("".join(cell.lower().split())) for cell in full[0]]
        if sum(name is not None for name in named) >= min(2, width):
            return Pasted(tuple(full[1:]), _once([name or "" for name in named]))
    return Pasted(tuple(full), _guess(full, width))


def drafts(pasted: Pasted, targets: Sequence[str]) -> tuple[list[LineDraft], list[str]]:
    """The lines, and cells of figures that cannot be read; rows without a name are left out."""
    found, strange = [], []
    for row in pasted.rows:
        values: dict[str, Any] = {}
        for target, cell in zip(targets, row, strict=True):
            if not target or not cell:
                continue
            if target in _FIGURES:
                amount = _amount(cell)
                if amount is None:
                    strange.append(cell)
                else:
                    values[target] = amount
            else:
                values[target] = cell
        if values.get("name"):
            found.append(LineDraft(**values))
    return found, strange


class PastePanel(Popover):
    """The rows with the fields they go into; nothing is added before the button is pressed."""

    accepted = Signal(list)

    def __init__(self, owner: QWidget, text: str) -> None:
        super().__init__(owner)
        self._pasted = read(text)
        self._found: list[LineDraft] = []
        self.choices: list[ChoiceField] = []
        rows = self._pasted.rows
        self.body.addWidget(PlainLabel(tr("line_editor.paste_title"), role="strong"))
        if not rows:
            self.body.addWidget(PlainLabel(tr("line_editor.paste_nothing"), tone="muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        options = [Option("", tr("line_editor.leave_out"))]
        options += [Option(key, cell_name(key)) for key in TARGETS]
        for at, target in enumerate(self._pasted.targets):
            choice = ChoiceField(
                options,
                value=target,
                required=True,
                name=tr("line_editor.column_goes_to", number=at + 1),
            )
            choice.changed.connect(lambda value, at=at: self._chosen(at, value))
            choice.setFixedWidth(theme().px(110))
            self.choices.append(choice)
            grid.addWidget(choice, 0, at)
            for line, row in enumerate(rows[:_SHOWN], start=1):
                label = ElidedLabel(row[at], role="small")
                label.setFixedWidth(theme().px(110))
                grid.addWidget(label, line, at)
        self.body.addLayout(grid)
        self._more = PlainLabel("", role="small", tone="muted")
        self.body.addWidget(self._more)
        left = len(rows) - _SHOWN
        self._more.setText(tr("line_editor.more_rows", count=left) if left > 0 else "")
        self._more.setVisible(left > 0)
        self._strange = PlainLabel("", role="small", tone="danger", wrap=True)
        self.body.addWidget(self._strange)
        self.add_button = PrimaryButton()
        self.add_button.clicked.connect(self._accept)
        self.body.addLayout(ButtonRow(self.add_button, on_cancel=self.dismiss))
        self._show_result()

    def _chosen(self, at: int, value: str) -> None:
        # One column for each field: the other gives way.
        for other, choice in enumerate(self.choices):
            if other != at and value and choice.value() == value:
                choice.set_value("")
        self._show_result()

    def _show_result(self) -> None:
        targets = [choice.value() or "" for choice in self.choices]
        self._found, strange = drafts(self._pasted, targets)
        self.add_button.setText(tr("line_editor.add_lines", count=len(self._found)))
        self.add_button.setEnabled(bool(self._found))
        shown = ", ".join(strange[:3])
        self._strange.setText(
            tr("line_editor.not_read", count=len(strange), cells=shown) if strange else ""
        )
        self._strange.setVisible(bool(strange))
        self.adjustSize()

    def _accept(self) -> None:
        found = self._found
        self.dismiss()
        if found:
            self.accepted.emit(found)


def _lines(text: str) -> list[str]:
    """Rows of a clipboard; a line break within quotes belongs to its cell."""
    lines: list[str] = []
    for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if lines and lines[-1].count('"') % 2 and '"' in lines[-1]:
            lines[-1] += "\n" + part
        else:
            lines.append(part)
    return lines


def _cells(line: str) -> list[str]:
    cells = []
    for cell in line.split("\t"):
        quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
        cells.append((cell[1:-1].replace('""', '"') if quoted else cell).strip())
    return cells


def _guess(rows: Sequence[tuple[str, ...]], width: int) -> tuple[str, ...]:
    """Without headings: words are the item, a short word the unit, figures quantity and price."""
    found = [""] * width
    figures = [at for at in range(width) if _is_figures([row[at] for row in rows])]
    words = [at for at in range(width) if at not in figures and any(row[at] for row in rows)]
    for at in words:
        cells = [row[at] for row in rows if row[at]]
        if "name" not in found:
            found[at] = "name"
        elif "unit" not in found and max(map(len, cells)) <= 4:
            found[at] = "unit"
        elif "description" not in found:
            found[at] = "description"
    # A running number in front of the items is no quantity.
    if figures and words and figures[0] < words[0]:
        figures = figures[1:]
    for at, key in zip(figures, ("quantity", "price"), strict=False):
        found[at] = key
    return tuple(found)


def _is_figures(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_amount(cell) is not None for cell in filled)


def _amount(cell: str) -> Decimal | None:
    try:
        return parse_amount(cell.rstrip("%％ "))
    except Refused:
        return None


def _once(targets: list[str]) -> tuple[str, ...]:
    """Each field once; of two columns the first counts."""
    return tuple("" if name in targets[:at] else name for at, name in enumerate(targets))
