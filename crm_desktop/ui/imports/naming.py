"""Words of the import: places for values, kinds of sheets, what a report counts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from crm_desktop.domain.imports import ImportReport
from crm_desktop.domain.issuing import PAPER_KINDS
from crm_desktop.domain.kinds import OWNERS, PLURALS, Kind
from crm_desktop.domain.queries import Condition, Group, Op, Query, to_plain
from crm_desktop.services.imports import IMPORT_KINDS, Target
from crm_desktop.ui.language import has_words, tr
from crm_desktop.ui.places import LIST_OF_KIND, Place
from crm_desktop.ui.table.cells import field_label

_KIND_OF_PLURAL = {plural: kind for kind, plural in PLURALS.items()}

_SHOWING = {
    Kind.PAYMENT_STAGE: LIST_OF_KIND[Kind.CONTRACT.value],
    Kind.ANNIVERSARY: "birthdays",
    Kind.GIFT: LIST_OF_KIND[Kind.PERSON.value],
}


def place_words(place: Target, own: Mapping[str, str]) -> str:
    """Contact › Mobile; Company › Address: city. `own` names the user's own fields by target."""
    name = own.get(place.key) or field_label(place.kind, place.field)
    if place.part:
        part = tr(f"reading.part_{place.part}")
        name = tr("import_page.field_part", field=name, part=part)
    return tr("import_page.place", kind=tr(f"kind.{place.kind.value}"), field=name)


def target_words(target: str, places: Mapping[str, Target], own: Mapping[str, str]) -> str:
    """The same for a key of a report; keys of parts of a value have words of their own."""
    if target in places:
        return place_words(places[target], own)
    key = f"import_page.value.{target}"
    return tr(key) if has_words(key) else target


def sheet_kind_words(kind: str) -> str:
    """What a sheet contains: People with their companies."""
    return tr(f"import_page.kind.{kind}")


def count_words(plural: str, count: int) -> str:
    """12 contacts, for a count of a report."""
    kind = _KIND_OF_PLURAL.get(plural)
    return tr(f"kind.{kind.value}.count", count=count) if kind else f"{plural}: {count}"


def records_place(report: ImportReport, sheet_kind: str) -> Place:
    """Where the imported records are shown: only those this import made, if it made any."""
    kind = IMPORT_KINDS[sheet_kind][0]
    if sheet_kind == "people" and report.by_kind and not report.by_kind[PLURALS[kind]]:
        kind = Kind.COMPANY
    if kind in OWNERS:  # they are shown with those they hang on
        return Place.to(_SHOWING[kind], view="contract" if kind is Kind.PAYMENT_STAGE else "")
    page = LIST_OF_KIND[kind.value]
    which = {"view": kind.value} if kind in PAPER_KINDS else {}  # they share one page
    if report.moment is None or not report.by_kind[PLURALS[kind]] or kind is Kind.ACTIVITY:
        return Place.to(page, **which)
    added = Query(Group((Condition("created_at", Op.IS, report.moment),)))
    return Place.to(page, **which, query=json.dumps(to_plain(added), ensure_ascii=False))
