"""The form of one gift: what, given or received, when, how much, on which occasion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.gifts import Gift
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.formats import day_input, money, sign
from crm_desktop.ui.language import tr
from crm_desktop.ui.record.typed import Typed
from crm_desktop.ui.widgets import Button, DateField, MoneyField, Segmented


class GiftForm(FormPopover):
    """Records a gift of a person, or changes one."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        person_id: int,
        gift: Gift | None = None,
        *,
        currency: str = "CNY",
    ) -> None:
        super().__init__(context, owner, tr("people.edit_gift" if gift else "people.new_gift"))
        self._person_id = person_id
        self._gift = gift or Gift("", on=context.clock.today(), currency=currency)
        typed = Typed(context.clock)
        self.way = Segmented(
            [("given", tr("people.gift_given")), ("received", tr("people.gift_received"))],
            current="received" if self._gift.received else "given",
            name=tr("people.gift_way"),
        )
        self.add_plain(self.way, *self.way.findChildren(Button))
        self.what = QLineEdit(self._gift.what)
        self.add_row(tr("people.gift_what"), self.what)
        self.on = DateField(typed.date, day_input, today=context.clock.today, value=self._gift.on)
        self.value = MoneyField(
            typed.amount, value=self._gift.value, placeholder=sign(self._gift.currency)
        )
        self.add_pair((tr("people.gift_on"), self.on), (tr("people.gift_value"), self.value))
        self.occasion = QLineEdit(self._gift.occasion)
        self.add_row(tr("people.gift_occasion"), self.occasion)
        self.note = QLineEdit(self._gift.note)
        self.add_row(tr("people.note"), self.note)
        if gift is not None:
            self.remove_button.show()
            self.remove_button.clicked.connect(self._remove)

    def store(self) -> Callable[[], Any]:
        gifts = self.context.services.gifts
        gift = Gift(
            self.what.text(),
            self.way.current() == "received",
            self.on.value(),
            self.value.value(),
            self._gift.currency,
            self.occasion.text(),
            self.note.text(),
            self._gift.id,
        )
        if gift.id:
            return lambda: gifts.change(gift)
        return lambda: gifts.add(self._person_id, gift)

    def _remove(self) -> None:
        gifts, gift = self.context.services.gifts, self._gift
        self.run(lambda: gifts.remove(gift.id), tr("people.gift_removed", name=gift.what))


def gift_text(gift: Gift, day: str) -> str:
    """What stands beside a gift in its panel."""
    way = tr("people.gift_received" if gift.received else "people.gift_given")
    value = money(gift.value, gift.currency) if gift.value is not None else ""
    return " · ".join(part for part in (way, day, gift.occasion, value) if part)
