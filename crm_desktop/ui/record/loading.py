"""Everything a record page shows, read at once in a reader thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm_desktop.domain.belonging import Having
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.records import Card
from crm_desktop.domain.timeline import TimelineEntry
from crm_desktop.ui.context import Context
from crm_desktop.ui.record.extras import Line, read_extras
from crm_desktop.ui.record.figures import Figure, read_customer
from crm_desktop.ui.record.related import Found, Section, read_sections


@dataclass(frozen=True, slots=True)
class Loaded:
    """One record with what belongs to it."""

    card: Card
    fields: tuple[Field, ...]
    having: Having  # decides which of the user's own fields are shown
    entries: tuple[TimelineEntry, ...]
    more: bool  # there are older entries
    figures: tuple[Figure, ...]
    found: tuple[Found, ...]
    extras: Mapping[str, tuple[Line, ...]]
    picture: bytes | None = None


def load_record(
    context: Context,
    kind: Kind,
    record_id: int,
    *,
    entries: int,
    sections: Sequence[Section] | None = None,
) -> Loaded:
    """Read it; without `sections` only what a peek shows. Refused("record.gone") if it is gone."""
    services = context.services
    card = services.records.card(kind, record_id)
    ref = Ref(kind, record_id, card.ref.title)
    events = services.timeline.of(ref, limit=entries + 1)
    customer = kind in (Kind.PERSON, Kind.COMPANY)
    return Loaded(
        card,
        services.records.fields(kind),
        services.custom.having(ref),
        tuple(events[:entries]),
        len(events) > entries,
        read_customer(context, ref) if customer else (),
        tuple(read_sections(context, ref, sections or ())),
        read_extras(context, ref) if sections is not None else {},
        services.people.picture(record_id) if kind is Kind.PERSON else None,
    )
