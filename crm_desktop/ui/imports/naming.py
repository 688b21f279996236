"""Words of the import: places for values, kinds of sheets, what a report counts."""

from __future__ import annotations

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.exchange.mapping import Target
from crm_desktop.exchange.mapping.targets import ADDRESS_PARTS
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.table.cells import field_label

_KIND_OF_PLURAL = {plural: kind for kind, plural in PLURALS.items()}


def place_words(place: Target) -> str:
    """Contact › Mobile; Company › Address: city."""
    name = field_label(place.kind, place.field)
    if place.part in ADDRESS_PARTS:
        part = tr(f"reading.part_{place.part}")
        name = tr("import_page.field_part", field=name, part=part)
    return tr("import_page.place", kind=tr(f"kind.{place.kind.value}"), field=name)


def target_words(target: str, places: dict[str, Target]) -> str:
    """The same for a key of a report; keys of parts of a value have words of their own."""
    if target in places:
        return place_words(places[target])
    key = f"import_page.value.{target}"
    return tr(key) if has_words(key) else target


def sheet_kind_words(kind: str) -> str:
    """What a sheet contains: People with their companies."""
    return tr(f"import_page.kind.{kind}")


def count_words(plural: str, count: int) -> str:
    """12 contacts, for a count of a report."""
    kind = _KIND_OF_PLURAL.get(plural)
    return tr(f"kind.{kind.value}.count", count=count) if kind else f"{plural}: {count}"


def list_page(report: ImportReport, plan_kind: str) -> tuple[str, Kind]:
    """Where the imported records are shown: the page of the list, and their kind."""
    pages = {
        "people": ("contacts", Kind.PERSON),
        "companies": ("companies", Kind.COMPANY),
        "products": ("products", Kind.PRODUCT),
        "opportunities": ("opportunities", Kind.OPPORTUNITY),
        "activities": ("followups", Kind.ACTIVITY),
        "tickets": ("service", Kind.TICKET),
    }
    if plan_kind == "people" and report.by_kind and not report.by_kind["people"]:
        return pages["companies"]
    return pages[plan_kind]
