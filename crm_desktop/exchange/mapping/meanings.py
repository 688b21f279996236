"""What a key of the synonyms means in a sheet of one kind, and how much it speaks for that kind."""

from __future__ import annotations

from collections.abc import Iterator

from crm_desktop.domain.issuing import PAPER_KINDS
from crm_desktop.domain.schema import TITLE_KEYS
from crm_desktop.exchange.mapping.papers import places_on_paper
from crm_desktop.exchange.mapping.spoken import SPOKEN
from crm_desktop.exchange.mapping.targets import IMPORT_KINDS

# In a sheet of people with companies these belong to the company; the rest to the person.
_FIRST = (
    "address fax website level source lifecycle in_charge recorded_by important important_reason"
)
_COMPANY_FIRST = frozenset(_FIRST.split())


def places(key: str, kind: str, company: bool) -> Iterator[str]:
    """The places a key of the synonyms may mean in a sheet of this kind, likeliest first."""
    owner, _, rest = key.partition(".")
    name = rest.partition(".")[0]
    main = IMPORT_KINDS[kind][0]
    if (spoken := SPOKEN.get(kind, {}).get(key)) is not None:
        yield f"{main}.{spoken}"
    elif key == "any.name":
        yield f"{main}.{'title' if main in PAPER_KINDS else TITLE_KEYS[main]}"
        if kind == "people":
            yield "company.name"
    elif owner == "last":
        yield rest
    elif main in PAPER_KINDS:
        yield from places_on_paper(key, main)
    elif kind == "people":
        if owner != "any":
            yield key
        elif company and name in _COMPANY_FIRST:
            yield from (f"company.{rest}", f"person.{rest}")
        else:
            yield from (f"person.{rest}", f"company.{rest}")
    elif owner in ("any", main):
        yield f"{main}.{rest}"
    elif kind == "activities" and key == "paper.dated":
        yield "activity.due"
    elif kind == "companies":
        if key in ("person.mobile", "person.department"):
            yield f"company.{rest}"
    elif key in ("company.name", "person.name", "product.name", "opportunity.title"):
        yield from (f"{main}.{owner}", f"{main}.{owner}s")
    elif owner == "opportunity" and rest in ("priority", "channel"):
        yield f"{main}.{rest}"


def weight(key: str, kind: str) -> float:
    """How strongly a column speaks for a kind."""
    owner = key.partition(".")[0]
    if owner == IMPORT_KINDS[kind][0].value:
        return 2.0
    if owner in ("any", "paper", "line"):
        return 1.0
    return 1.5 if kind == "people" and owner == "company" else 0.5
