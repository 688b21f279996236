"""Reminders: when to be told, and what birthdays do that a year does not have."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from typing import Any

from crm_desktop.domain.birthdays import Day30Rule, LeapDayRule, LeapMonthRule
from crm_desktop.domain.problems import Refused
from crm_desktop.services.today import SILENT_DAYS
from crm_desktop.ui.context import Context
from crm_desktop.ui.language import tr
from crm_desktop.ui.settings.form import Form
from crm_desktop.ui.settings.group import Group, explain
from crm_desktop.ui.widgets import Option

_RULES = {"leap_month": LeapMonthRule, "day_30": Day30Rule, "leap_day": LeapDayRule}
_LEADS = ((3, 0), (7, 0), (1, 0), (0,), (7, 3, 0), ())
_MINUTES = (0, 5, 10, 15, 30, 60, 120, 1440)
_MOST_DAYS = 3650


class RemindersGroup(Group):
    """Settings of the firm, kept in the book."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._card, self._about = self.add_card()
        self.form = Form("reminders", self._save)
        self.form.choice(
            "remind_minutes", lambda: [Option(m, tr(f"settings.minutes.{m}")) for m in _MINUTES]
        )
        self.form.choice("birthday_reminders", self._leads)
        self.form.text("silent_days", parse=_days)
        self._card.body.addWidget(self.form)
        self._rules_card, self._rules_about = self.add_card()
        self.rules = Form("birthdays", self._save_rule)
        for key, rule in _RULES.items():
            self.rules.choice(key, partial(_rule_options, rule))
        self._rules_card.body.addWidget(self.rules)
        self.forms += [self.form, self.rules]
        self.column.addStretch(1)

    def retranslate(self) -> None:
        super().retranslate()
        self._card.set_title(tr("settings.group.reminders"))
        explain(self._about, tr("settings.reminders.about"))
        self._rules_card.set_title(tr("settings.birthdays.title"))
        explain(self._rules_about, tr("settings.birthdays.about"))

    def refresh(self) -> None:
        business = self.context.services.business
        self.form.show_values(
            {
                "remind_minutes": int(business.get("remind_minutes", 0)),
                "birthday_reminders": tuple(business.get("birthday_reminders", (3, 0))),
                "silent_days": int(business.get("silent_days", SILENT_DAYS)),
            }
        )
        rules = business.birthday_rules()
        self.rules.show_values({key: getattr(rules, key).value for key in _RULES})

    @staticmethod
    def _leads() -> list[Option]:
        return [
            Option(lead, tr(f"settings.lead.{'_'.join(map(str, lead)) or 'never'}"))
            for lead in _LEADS
        ]

    def _save(self, key: str, value: Any) -> None:
        business = self.context.services.business
        if value is None:
            value = SILENT_DAYS
        plain = list(value) if isinstance(value, tuple) else value
        self.write(lambda: business.set(key, plain), lambda _done: self.refresh())

    def _save_rule(self, key: str, value: str) -> None:
        business = self.context.services.business
        kept = {**business.get("birthday_rules", {}), key: value}
        self.write(lambda: business.set("birthday_rules", kept))


def _rule_options(rule: Iterable[StrEnum]) -> list[Option]:
    return [Option(each.value, tr(f"settings.rule.{each.value}")) for each in rule]


def _days(text: str) -> int:
    plain = text.strip()
    if not plain.isdecimal() or not 0 < int(plain) <= _MOST_DAYS:
        raise Refused("settings.no_days")
    return int(plain)
