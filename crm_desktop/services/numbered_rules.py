"""What quotes, contracts, receipts and expenses have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from crm_desktop.data import customers, numbers
from crm_desktop.data.session import Session
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.document_lines import require_currency
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.services.business import Business
from crm_desktop.services.lists import Lists
from crm_desktop.services.rules import Rules


class NumberedRules(Rules):
    """Number, defaults, the company a person works for, the status of who trades."""

    kind: Kind
    never_empty: ClassVar[tuple[str, ...]]

    def __init__(self, clock: Clock, lists: Lists, business: Business) -> None:
        self._clock = clock
        self._lists = lists
        self._business = business

    def pattern(self) -> str:
        """How the firm numbers this kind."""
        raise NotImplementedError

    def defaults(self) -> dict[str, Any]:
        """What stands there where nothing was given."""
        return {"dated": self._clock.today(), "currency": self._business.trade().currency}

    def checked(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values in the form they are kept. Refused for a currency there is not."""
        if values.get("currency") is not None:
            values["currency"] = values["currency"].upper()
            require_currency(values["currency"])
        return values

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Fill the number, the firm's defaults and the company of the person."""
        for key, value in self.defaults().items():
            if values.get(key) is None:
                values[key] = value
        if values.get("number") is None:
            today = self._clock.today()
            values["number"] = numbers.next_number(session, self.kind, self.pattern(), today)
        person = id_of(values.get("person"))
        if values.get("company") is None and person is not None:
            values["company"] = customers.company_of(session, person)
        return self.checked(values)

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """What it cannot be without stays; `check_update` refuses."""
        for key in self.never_empty:
            if key in values and values[key] is None:
                del values[key]
        self.check_update(session, ids, values)
        return self.checked(values)

    def make_customers(self, session: Session, ids: Sequence[int]) -> None:
        """Whom these records are about becomes a customer, who was none yet."""
        customer = self._lists.by_code("lifecycle", "customer").id
        before = [self._lists.by_code("lifecycle", code).id for code in ("lead", "interested")]
        customers.promote(session, self.kind, ids, customer, before)


def id_of(link: Any) -> Any:
    """The id a link holds: links come as ids or as what they lead to."""
    return link.id if isinstance(link, Ref) else link
