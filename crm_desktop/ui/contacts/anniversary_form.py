"""The form of one anniversary: what it is, and on which day of which calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.problems import Refused
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.widgets import BirthdayField


class AnniversaryForm(FormPopover):
    """Records an anniversary of a person, or changes one."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        person_id: int,
        anniversary: Anniversary | None = None,
    ) -> None:
        key = "people.edit_anniversary" if anniversary else "people.new_anniversary"
        super().__init__(context, owner, tr(key))
        self._person_id, self._anniversary = person_id, anniversary
        self.name = QLineEdit(anniversary.name if anniversary else "")
        self.name.setPlaceholderText(tr("people.anniversary_hint"))
        self.add_row(tr("people.anniversary_name"), self.name)
        self.day = BirthdayField(
            anniversary.day if anniversary else None,
            today=context.clock.today,
            rules=context.services.business.birthday_rules(),
        )
        self.day.refused.connect(self._refused)
        self.add_row(tr("people.anniversary_day"), self.day, *self.day.inputs())
        if anniversary is not None:
            self.remove_button.show()
            self.remove_button.clicked.connect(self._remove)

    def store(self) -> Callable[[], Any]:
        anniversaries, before = self.context.services.anniversaries, self._anniversary
        day = self.day.value()
        if day is None:
            raise Refused("attention.anniversary_without_day")
        found = Anniversary(self.name.text(), day, before.id if before is not None else 0)
        if before is not None:
            return lambda: anniversaries.change(found)
        return lambda: anniversaries.add(self._person_id, found)

    def _refused(self, why: str) -> None:
        self.show_words(why)

    def _remove(self) -> None:
        anniversaries, found = self.context.services.anniversaries, self._anniversary
        if found is not None:
            told = tr("people.anniversary_removed", name=found.name)
            self.run(lambda: anniversaries.remove(found.id), told)
