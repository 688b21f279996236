"""The page of one contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.domain.issuing import Blank, ContractCard
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.payments import ContractMoney, Stage
from crm_desktop.domain.problems import Refused
from crm_desktop.services.contracts import Contracts
from crm_desktop.services.templates import CONTRACT
from crm_desktop.ui.context import Context, sentence
from crm_desktop.ui.formats import joined
from crm_desktop.ui.language import tr
from crm_desktop.ui.papers.contract_text import ContractText, MissingList, placeholder_name
from crm_desktop.ui.papers.paper_page import Loaded, PaperPage
from crm_desktop.ui.papers.payments_card import PaymentsCard
from crm_desktop.ui.papers.stage_form import StageForm
from crm_desktop.ui.papers.state_bar import StateBar
from crm_desktop.ui.papers.winning import tell_and_offer_win
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.receipt_form import ReceiptForm
from crm_desktop.ui.record.shown import Shown

_STEPS = ("reviewed", "signed", "in_force", "completed", "ended")


@dataclass(frozen=True, slots=True)
class _Extra:
    """What the placeholders of the body are about, and what is paid."""

    missing: tuple[Blank, ...]
    known: Mapping[str, str]
    money: ContractMoney


class ContractPage(PaperPage):
    """Writes a contract, fills its blanks, moves it on from draft to completed."""

    key = "contract"
    kind = Kind.CONTRACT
    head_keys = (
        "company",
        "person",
        "title",
        "kind",
        "dated",
        "signed_on",
        "start",
        "end",
        "quote",
        "opportunity",
        "currency",
        "language",
        "tax_included",
        "discount_percent",
        "in_charge",
        "discount_amount",
    )
    steps = (
        "preview",
        "revise",
        "back_to_draft",
        "ended",
        "completed",
        "reviewed",
        "save_pdf",
        "versions",
        "in_force",
        "signed",
    )
    primary = ("signed", "in_force")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.state_bar = StateBar()
        self.missing = MissingList()
        self.text = ContractText(self._ready_texts)
        self.payments = PaymentsCard(Shown(context))
        super().__init__(context, parent)
        self.text.stored.connect(lambda text: self.store_text("body", text, self.text))
        self.text.template_chosen.connect(self._use_text)
        self.missing.jumped.connect(self.jump_to)
        self.missing.filled.connect(self._fill)
        self.payments.stage_wanted.connect(self._ask_stage)
        self.payments.receipt_wanted.connect(self.do_new_receipt)
        self.payments.opened.connect(lambda ref: self.go(Place.record(ref.kind, ref.id)))
        self.missing.emptied.connect(lambda: self.text.area.setFocus())

    @property
    def desk(self) -> Contracts:
        return self.context.services.contracts

    def parts(self) -> list[QWidget]:
        return [
            self.state_bar,
            self.missing,
            self.head,
            self.payments,
            self.text,
            self.lines,
            self.sums,
            self.remarks,
        ]

    def load(self, record_id: int) -> Loaded:
        services = self.context.services
        card = services.contracts.card(record_id)
        draft = card.editable
        return Loaded(
            card=card,
            uncovered=services.contracts.uncovered(record_id) if draft else (),
            checks=(),
            extra=_Extra(
                services.contracts.missing(record_id) if draft else (),
                services.contracts.known(record_id),
                services.payments.of_contract(record_id),
            ),
            has_company=bool(services.business.own_company().name),
        )

    def offered(self, state: str) -> tuple[str, ...]:
        found = self.loaded.card if self.loaded is not None else None
        onward = found.steps if isinstance(found, ContractCard) else ()
        keys = tuple("back_to_draft" if step == "draft" else step for step in onward)
        return keys if state in ("draft", "reviewed") else (*keys, "revise")

    def show_more(self, loaded: Loaded) -> None:
        found, text = loaded.card, loaded.extra
        assert isinstance(text, _Extra)
        state = found.card.values["state"]
        self.state_bar.show_state(state)
        self.payments.show_money(text.money)
        self.text.show_text(found.card.values["body"] or "")
        self.text.set_known(text.known)
        self.text.set_locked(not found.editable)
        self.missing.show_blanks(text.missing)
        if not text.missing:
            self.notes.say("refused", "")
        words = "" if found.editable else tr("paper_page.final")
        self.notes.say("locked", words, kind="info")

    def act(self, key: str) -> None:
        contracts = self.desk
        if key in _STEPS or key == "back_to_draft":
            state = "draft" if key == "back_to_draft" else key
            told = tr(
                "paper_page.moved_on", number=self.title(), state=tr(f"state.contract.{state}")
            )

            def tell(_result: object) -> None:
                if state == "signed":
                    tell_and_offer_win(self, told)
                else:
                    self.context.window.toast(told, undo=True)

            self.run(lambda record_id: contracts.advance(record_id, state), tell)
        elif key == "revise":
            number = self.title()
            self.run(
                contracts.revise,
                lambda no: self.context.window.toast(
                    tr("paper_page.revised", number=number, revision=no), undo=True
                ),
            )
        else:
            super().act(key)

    def desk_create(self, values: dict[str, Any]) -> int:
        if set(values) == {"opportunity"}:
            return self.desk.from_opportunity(values["opportunity"])
        return self.desk.create(values)

    def save_pdf(self, revision: int | None = None) -> None:
        """A file is for others: it is not written while blanks are open."""
        open_ones = self._open_names()
        if revision is None and open_ones:
            self._say_missing(open_ones)
            return
        super().save_pdf(revision)

    def refuse(self, trouble: Refused) -> None:
        """Open blanks are said above, with the way to the first."""
        if trouble.key == "paper.unfilled" and self._open_names():
            self._say_missing(self._open_names())
        elif trouble.key.startswith("paper."):
            self.notes.say("refused", sentence(trouble), kind="red")
        else:
            super().refuse(trouble)

    def jump_to(self, name: str) -> None:
        """Show where a placeholder stands in the text."""
        at = self.text.jump_to(name)
        inner = self._scroll.widget()
        if at is not None and inner is not None:
            place = self.text.mapTo(inner, at)
            self._scroll.ensureVisible(place.x(), place.y(), 20, 120)

    def show_place(self, place: Place) -> None:
        self.text.forget()
        self.missing.forget()
        super().show_place(place)

    def retranslate(self) -> None:
        self.text.set_words(
            tr("field.contract.body"),
            choose=tr("paper_page.choose_template"),
            hint=tr("paper_page.body_hint"),
        )
        self.missing.retranslate()
        self.payments.retranslate()
        super().retranslate()

    def has_unsaved_text(self) -> bool:
        return (
            super().has_unsaved_text()
            or self.text.has_unsaved_text()
            or self.missing.has_unsaved_text()
        )

    def save_unsaved_text(self) -> None:
        super().save_unsaved_text()
        self.text.leave()
        self.missing.leave()

    def do_new_receipt(self) -> None:
        """Money that came in for this contract: what is due next is proposed."""
        found = self._money()
        if found is None or self.record_id is None:
            return
        rests = (one.rest for one in found.stages if one.rest > 0)
        amount = next(rests, found.owed)
        form = ReceiptForm(
            self.context,
            self.payments,
            {"contract": self.record_id},
            currency=found.currency,
            amount=amount or None,
        )
        form.open_at(self.payments.record)

    def _ask_stage(self, stage: Stage | None) -> None:
        found = self._money()
        if found is not None and self.record_id is not None:
            form = StageForm(
                self.context, self.payments, self.record_id, stage, currency=found.currency
            )
            form.open_at(self.payments.add_stage)

    def _money(self) -> ContractMoney | None:
        extra = self.loaded.extra if self.loaded is not None else None
        return extra.money if isinstance(extra, _Extra) else None

    def _open_names(self) -> tuple[str, ...]:
        text = self.loaded.extra if self.loaded is not None else None
        if not isinstance(text, _Extra):
            return ()
        return tuple(dict.fromkeys(blank.name for blank in text.missing))

    def _say_missing(self, names: tuple[str, ...]) -> None:
        words = joined([placeholder_name(name) for name in names[:4]])
        self.notes.say(
            "refused",
            tr("paper_page.unfilled", count=len(names), names=words),
            kind="red",
            choices=((tr("paper_page.go_there"), lambda: self.jump_to(self._open_names()[0])),),
        )
        self._scroll.verticalScrollBar().setValue(0)

    def _fill(self, name: str, value: str, remember: bool) -> None:
        record_id, contracts = self.record_id, self.desk
        if record_id is not None:
            self.text.leave()
            self.store(lambda: contracts.fill(record_id, {name: value}, remember=remember))

    def _ready_texts(self) -> list[tuple[str, str]]:
        language = str(self.editing.value("language") or "zh")
        found = self.context.services.templates.all(CONTRACT, language)
        return [(one.name, one.body) for one in found]

    def _use_text(self, body: str) -> None:
        told = tr("paper_page.text_replaced")
        record_id, records = self.record_id, self.context.services.records
        if record_id is not None:
            self.store(
                lambda: records.update(Kind.CONTRACT, record_id, {"body": body}),
                lambda _: self.context.window.toast(told, undo=True),
            )
