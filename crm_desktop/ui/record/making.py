"""Papers made from the record that is shown."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui.record.editing import Editing


def quote_maker(editing: Editing) -> Callable[[], int] | None:
    """What makes a quote for this customer or opportunity; run it in the writer thread."""
    ref = editing.ref
    if ref is None:
        return None
    quotes = editing.context.services.quotes
    if ref.kind is Kind.OPPORTUNITY:
        return lambda: quotes.from_opportunity(ref.id)
    links = {"company": editing.value("company"), ref.kind.value: ref.id}
    return lambda: quotes.create({key: value for key, value in links.items() if value})
