"""Where the user's own fields belong: product lines, kinds of companies, ways of selling.

A field that belongs somewhere is shown by the pages of the records that fit, and by others only
while they hold a value of it. Lists, filters, import, export and history have it everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from crm_desktop.domain.kinds import Kind

Limits = tuple[tuple[str, tuple[int, ...]], ...]
"""The list items a field belongs to, by list; none: it belongs to every record."""

Having = Mapping[str, Collection[int]]
"""The items of these lists a record has, its own or those of its company."""

PRODUCT_LINE, COMPANY_KIND, PIPELINE = "product_line", "company_kind", "pipeline"

LISTS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.COMPANY: (PRODUCT_LINE, COMPANY_KIND),
        Kind.PERSON: (PRODUCT_LINE, COMPANY_KIND),
        Kind.OPPORTUNITY: (PIPELINE, PRODUCT_LINE, COMPANY_KIND),
    }
)
"""The lists the fields of a kind may be tied to; people and opportunities ask their company."""


def fits(limits: Limits, having: Having) -> bool:
    """Whether a record has, of every list named, one of the items named."""
    return all(not set(items).isdisjoint(having.get(key, ())) for key, items in limits)
