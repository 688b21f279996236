"""Sales: how the firm sells, defaults of quotes and contracts, their numbers, the stages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QSpinBox

from crm_desktop.domain.lists import Item, item_name
from crm_desktop.domain.money import CURRENCIES
from crm_desktop.domain.numbers import number_text
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.selling import WAYS
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import number
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.form import Form
from crm_desktop.ui.settings.group import Group, explain, flow
from crm_desktop.ui.settings.items import ItemsEditor
from crm_desktop.ui.widgets import ChoiceField, FieldRow, Option, ParsedField, PlainLabel

_NUMBERS = (
    "quote_number",
    "contract_number",
    "receipt_number",
    "expense_number",
    "ticket_number",
)
_MAIN = ("CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD")
_EXAMPLE = 119
_ANY_DAY = date(2000, 1, 1)
_HIGHEST_RATE = Decimal(100)
_LONGEST_VALIDITY = 3650


class SalesGroup(Group):
    """The way of selling, money, numbers and stages."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._way_card, self._way_about = self.add_card()
        self.way = ChoiceField(required=True)
        self.way.setMinimumContentsLength(18)
        self.way.changed.connect(self._choose_way)
        self._way_card.body.addWidget(flow(self.way))
        self._card, self._about = self.add_card()
        self.form = Form("sales", self._save)
        self.form.choice("currency", self._currencies)
        self.form.text("tax_rate", parse=_rate, show=lambda value: number(Decimal(value)))
        self.form.choice(
            "tax_included",
            lambda: [Option(each, tr(f"settings.tax_included.{each}")) for each in (True, False)],
        )
        self.form.text("valid_days", parse=_days)
        self.form.choice("language", lambda: [Option("zh", "中文"), Option("en", "English")])
        self.form.long_text("terms")
        self._card.body.addWidget(self.form)
        self._numbers_card, self._numbers_about = self.add_card()
        self.numbers = Form("sales", self._save)
        for key in _NUMBERS:
            editor = self.numbers.text(key, parse=_pattern)
            editor.textEdited.connect(lambda text, key=key: self._show_example(key, text))
        self._examples = {key: PlainLabel(role="small", tone="muted") for key in _NUMBERS}
        for key, label in self._examples.items():
            layout = self.numbers.rows[key].layout()
            assert layout is not None
            layout.addWidget(label)
        self._numbers_card.body.addWidget(self.numbers)
        self.forms += [self.form, self.numbers]
        self._pipelines_card, self._pipelines_about = self.add_card()
        self.pipelines = ItemsEditor(self)
        self.pipelines.current_changed.connect(self._choose_pipeline)
        self._pipelines_card.body.addWidget(self.pipelines)
        self._build_stages()
        self.column.addStretch(1)

    def _build_stages(self) -> None:
        self._stages_card, self._stages_about = self.add_card()
        self.pipeline = ChoiceField(required=True)
        self.pipeline.setMinimumContentsLength(18)
        self.pipeline.changed.connect(self._show_stages)
        self._pipeline_row = FieldRow("", self.pipeline)
        self._stages_card.body.addWidget(self._pipeline_row)
        self.stages = ItemsEditor(self)
        self.stages.current_changed.connect(self._show_stage)
        self._stages_card.body.addWidget(self.stages)
        self._stage_words = PlainLabel(tone="muted")
        self.probability, self.stale = QSpinBox(), QSpinBox()
        self.probability.setRange(0, 100)
        self.probability.setSuffix(" %")
        self.stale.setRange(0, 365)
        self.probability.editingFinished.connect(
            lambda: self._save_stage("probability", self.probability.value())
        )
        self.stale.editingFinished.connect(lambda: self._save_stage("stale", self.stale.value()))
        self._probability_words, self._stale_words = PlainLabel(), PlainLabel()
        self._probability_words.setBuddy(self.probability)
        self._stale_words.setBuddy(self.stale)
        self._stages_card.body.addWidget(
            flow(
                self._probability_words,
                self.probability,
                self._stale_words,
                self.stale,
                self._stage_words,
            )
        )

    def retranslate(self) -> None:
        super().retranslate()
        self._way_card.set_title(tr("settings.sales.way"))
        explain(self._way_about, tr("settings.sales.way_about"))
        self.way.setAccessibleName(tr("settings.sales.way"))
        self._show_way()
        self._card.set_title(tr("settings.sales.defaults"))
        explain(self._about, tr("settings.sales.about"))
        self._numbers_card.set_title(tr("settings.sales.numbers"))
        explain(self._numbers_about, tr("settings.sales.numbers_about"))
        self._pipelines_card.set_title(tr("settings.sales.pipelines"))
        explain(self._pipelines_about, tr("settings.sales.pipelines_about"))
        self.pipelines.retranslate()
        self._stages_card.set_title(tr("settings.sales.stages"))
        self._pipeline_row.set_label(tr("opportunity_page.pipeline"))
        self.pipeline.setAccessibleName(tr("opportunity_page.pipeline"))
        explain(self._stages_about, tr("settings.sales.stages_about"))
        self._probability_words.setText(tr("settings.sales.probability"))
        self.probability.setAccessibleName(tr("settings.sales.probability"))
        self._stale_words.setText(tr("settings.sales.stale"))
        self.stale.setAccessibleName(tr("settings.sales.stale"))
        self.stale.setSpecialValueText(tr("settings.sales.never"))
        self.stages.retranslate()
        self._show_examples()

    def refresh(self) -> None:
        trade = self.context.services.business.trade()
        values = {key: getattr(trade, key) for key in (*self.form.editors, *_NUMBERS)}
        self.form.show_values(values)
        self.numbers.show_values(values)
        self._show_examples()
        self._show_way()
        self._show_pipelines()

    def _show_pipelines(self) -> None:
        """Those in use; opportunities under way can be in another than new ones."""
        pipelines = self.context.services.opportunities.pipelines()
        ids = [pipeline.id for pipeline in pipelines]
        chosen = self.pipeline.value() if self.pipeline.value() in ids else ids[0]
        self.pipeline.set_options([Option(each.id, item_name(each, tr)) for each in pipelines])
        self.pipeline.set_value(chosen)
        self._pipeline_row.setVisible(len(pipelines) > 1)
        self.pipelines.show_list("pipeline")
        self._show_stages(chosen)

    def _choose_pipeline(self, item: Item | None) -> None:
        """The stages of the pipeline that is pointed at stand below."""
        if item is not None and item.active and item.id != self.pipeline.value():
            self.pipeline.set_value(item.id)
            self._show_stages(item.id)

    def _show_stages(self, pipeline_id: int) -> None:
        self.stages.show_list("stage", pipeline_id)

    def _show_way(self) -> None:
        """The five ways; where the user's own pipeline comes first, that one beside them."""
        ways = [Option(way, tr(f"list.pipeline.{way}")) for way in WAYS]
        pipeline = self.context.services.opportunities.pipelines()[0]
        present = self.context.services.opportunities.selling.way()
        if not present:
            ways.insert(0, Option(present, item_name(pipeline, tr)))
        self.way.set_options(ways)
        self.way.set_value(present)

    def _choose_way(self, way: str) -> None:
        if way:
            self.write(lambda: self.context.services.opportunities.selling.choose(way))

    def _currencies(self) -> list[Option]:
        codes = [*_MAIN, *sorted(set(CURRENCIES) - set(_MAIN))]
        return [Option(code, f"{code}  {CURRENCIES[code].symbol}") for code in codes]

    def _save(self, key: str, value: Any) -> None:
        business = self.context.services.business
        defaults = {"tax_rate": Decimal(0), "valid_days": 30, "terms": ""}
        if value is None:
            value = defaults.get(key)
            if key in _NUMBERS:
                self.refresh()  # a document must have some number
                return
        self.write(lambda: business.set_trade(**{key: value}))

    def _show_examples(self) -> None:
        for key in _NUMBERS:
            editor = self.numbers.editors[key]
            assert isinstance(editor, ParsedField)
            self._show_example(key, editor.text())

    def _show_example(self, key: str, text: str) -> None:
        try:
            shown = number_text(text.strip(), _EXAMPLE, self.context.clock.today())
        except Refused:
            self._examples[key].setText(tr("settings.sales.no_example"))
            return
        self._examples[key].setText(tr("settings.sales.example", number=shown))

    def _show_stage(self, item: Item | None) -> None:
        open_stage = item is not None and item.data.get("state", "open") == "open"
        for spin in (self.probability, self.stale):
            spin.setEnabled(open_stage)
            spin.blockSignals(True)
        if item is not None:
            self.probability.setValue(int(item.data.get("probability", 0)))
            self.stale.setValue(int(item.data.get("stale", 0)))
            state = str(item.data.get("state", "open"))
            self._stage_words.setText("" if open_stage else tr(f"state.opportunity.{state}"))
        for spin in (self.probability, self.stale):
            spin.blockSignals(False)

    def _save_stage(self, key: str, value: int) -> None:
        item = self.stages.current()
        if item is None or int(item.data.get(key, 0)) == value:
            return
        lists = self.context.services.lists
        self.write(
            lambda: lists.set_data(item.id, {key: value}), lambda _done: self.stages.refresh()
        )


def _rate(text: str) -> Decimal:
    plain = text.strip().rstrip("%％").strip()
    try:
        rate = Decimal(plain)
    except ArithmeticError:
        raise Refused("settings.no_rate") from None
    if not rate.is_finite() or not 0 <= rate <= _HIGHEST_RATE:
        raise Refused("settings.no_rate")
    return rate


def _days(text: str) -> int:
    plain = text.strip()
    if not plain.isdecimal() or not 0 < int(plain) <= _LONGEST_VALIDITY:
        raise Refused("settings.no_days")
    return int(plain)


def _pattern(text: str) -> str:
    pattern = text.strip()
    number_text(pattern, _EXAMPLE, _ANY_DAY)  # refuses one without a place for the number
    return pattern
