"""Products: where they were offered, what they cost before, retiring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.data import products as rows
from crm_desktop.data.book import Book
from crm_desktop.data.session import Session
from crm_desktop.domain.document_lines import require_currency
from crm_desktop.domain.issuing import PAPER_KINDS, PriceChange, ProductUse
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.services.business import Business
from crm_desktop.services.records import Records
from crm_desktop.services.rules import Rules


class ProductRules(Rules):
    """A product has a currency, and stays while documents name it."""

    def __init__(self, business: Business) -> None:
        self._business = business

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Sold in the firm's currency, and active, if nothing else is said."""
        if values.get("currency") is None:
            values["currency"] = self._business.trade().currency
        if values.get("active") is None:
            values["active"] = True
        return _checked(values)

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """Currency and the active mark are never empty."""
        for key in ("currency", "active"):
            if key in values and values[key] is None:
                del values[key]
        return _checked(values)

    def before_trash(self, session: Session, ids: Sequence[int]) -> None:
        """Refused while documents name it: it can be retired instead."""
        used = rows.used(session, ids)
        if used:
            first = min(used)
            name = rows.names(session, [first]).get(first, "")
            raise Refused("document.product_used", name=name, count=used[first])


class Products:
    """What is special about products; the rest is done as with any record."""

    def __init__(self, book: Book, records: Records) -> None:
        self._book = book
        self._records = records

    def used_in(self, product_id: int) -> tuple[ProductUse, ...]:
        """The lines of quotes and contracts it stands in, newest first."""
        with self._book.read() as session:
            found = [use for kind in PAPER_KINDS for use in rows.uses(session, kind, product_id)]
        return tuple(
            sorted(found, key=lambda use: use.dated.toordinal() if use.dated else 0, reverse=True)
        )

    def price_history(self, product_id: int) -> tuple[PriceChange, ...]:
        """Price and cost from the first to the present, oldest first."""
        with self._book.read() as session:
            return tuple(rows.price_history(session, product_id))

    def retire(self, ids: Sequence[int]) -> None:
        """No longer offered in new documents; old ones keep it."""
        self._set_active("gesture.products_retired", ids, active=False)

    def offer_again(self, ids: Sequence[int]) -> None:
        """Offered again."""
        self._set_active("gesture.products_offered", ids, active=True)

    def _set_active(self, title: str, ids: Sequence[int], *, active: bool) -> None:
        with self._book.write(title, count=len(ids)) as writing:
            self._records.change(writing.session, Kind.PRODUCT, ids, {"active": active})


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    if values.get("currency") is not None:
        values["currency"] = values["currency"].upper()
        require_currency(values["currency"])
    return values
