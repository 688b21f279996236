"""Settings of the firm: kept in the book, so they travel with it and can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from crm_desktop.data import book_settings
from crm_desktop.data.book import Book
from crm_desktop.domain.birthdays import BirthdayRules, Day30Rule, LeapDayRule, LeapMonthRule
from crm_desktop.domain.kinds import Kind


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """The firm itself, as its paper shows it."""

    name: str = ""
    english_name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    tax_number: str = ""
    bank_name: str = ""
    bank_account: str = ""
    contact: str = ""
    logo_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """Defaults of quotes and contracts."""

    currency: str = "CNY"
    tax_rate: Decimal = Decimal(13)
    tax_included: bool = True
    language: str = "zh"
    valid_days: int = 30
    terms: str = ""
    quote_number: str = "Q-{year}-{number:04}"
    contract_number: str = "C-{year}-{number:04}"
    ticket_number: str = "T-{number:04}"
    receipt_number: str = "R-{year}-{number:04}"
    expense_number: str = "E-{year}-{number:04}"


SAMPLE = "sample"
"""Of which tag and notice the sample data in the book are."""


class Business:
    """Own company, numbering, taxes, birthday rules."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[str, Any] | None = None
        book.subscribe(self._forget)

    def get(self, key: str, default: Any = None) -> Any:
        """One setting as plain JSON."""
        if self._known is None:
            with self._book.read() as session:
                self._known = book_settings.all_settings(session)
        return self._known.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Change one setting, as one gesture."""
        with self._book.write("gesture.setting_changed", key=key) as writing:
            book_settings.put(writing.session, key, value)

    def holds_sample(self) -> bool:
        """Whether the book holds sample data that was not removed yet."""
        return bool(self.get(SAMPLE))

    def own_company(self) -> OwnCompany:
        """The firm itself; empty until the user says who it is."""
        return OwnCompany(**_known_fields(OwnCompany, self.get("own_company", {})))

    def set_own_company(self, **values: str) -> None:
        """Change parts of the firm's data."""
        self.set("own_company", {**self.get("own_company", {}), **values})

    def set_logo(self, data: bytes) -> None:
        """Keep the logo in the book (empty bytes take it away)."""
        with self._book.write("gesture.setting_changed", key="logo") as writing:
            sha256 = book_settings.keep_blob(writing.session, data) if data else ""
            present = self.get("own_company", {})
            book_settings.put(writing.session, "own_company", {**present, "logo_sha256": sha256})

    def logo(self) -> bytes:
        """The logo's bytes; empty where there is none."""
        sha256 = self.own_company().logo_sha256
        if not sha256:
            return b""
        with self._book.read() as session:
            return book_settings.blob(session, sha256) or b""

    def trade(self) -> Trade:
        """Defaults of quotes and contracts."""
        stored = dict(self.get("trade", {}))
        if "tax_rate" in stored:
            stored["tax_rate"] = Decimal(stored["tax_rate"])
        return Trade(**_known_fields(Trade, stored))

    def set_trade(self, **values: Any) -> None:
        """Change defaults of quotes and contracts."""
        plain = {k: str(v) if isinstance(v, Decimal) else v for k, v in values.items()}
        self.set("trade", {**self.get("trade", {}), **plain})

    def birthday_rules(self) -> BirthdayRules:
        """How birthdays that a year does not have are kept."""
        stored = self.get("birthday_rules", {})
        return BirthdayRules(
            leap_month=LeapMonthRule(stored.get("leap_month", LeapMonthRule.ORDINARY)),
            day_30=Day30Rule(stored.get("day_30", next(iter(Day30Rule)))),
            leap_day=LeapDayRule(stored.get("leap_day", LeapDayRule.FEB_28)),
        )

    def _forget(self, kinds: frozenset[Any], _gesture: int) -> None:
        if Kind.SETTINGS in kinds:
            self._known = None


def _known_fields(cls: type[Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Only what this program knows: a newer one may have stored more."""
    names = {field.name for field in fields(cls)}
    return {key: value for key, value in stored.items() if key in names}
