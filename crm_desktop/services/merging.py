"""Two or more people or companies made one, in one gesture; its undo parts them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.data import duplicates, jobs, merge
from crm_desktop.data.book import Book
from crm_desktop.data.records.writing import Writer
from crm_desktop.data.session import Session
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.merging import Choices, MergedField, MergePreview, merged, same_key
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.records import Card
from crm_desktop.services.records import Records

KINDS = (Kind.PERSON, Kind.COMPANY)
_NO_CHOICES: Choices = {}


class Merging:
    """Preview and merge. What speaks for merging is found by `services.duplicates`."""

    def __init__(self, book: Book, clock: Clock, records: Records) -> None:
        self._book = book
        self._clock = clock
        self._records = records

    def best(self, kind: Kind, ids: Sequence[int]) -> int:
        """The record to keep unless the user says otherwise: the fullest, of these the oldest."""
        with self._book.read() as session:
            cards = self._cards(session, kind, list(ids))
        return max(cards, key=lambda card: (_filled(card), -card.id)).id

    def preview(
        self, kind: Kind, ids: Sequence[int], choices: Choices = _NO_CHOICES
    ) -> MergePreview:
        """Field by field what would become of the records; the first id is the one kept."""
        with self._book.read() as session:
            cards = self._cards(session, kind, list(dict.fromkeys(ids)))
            others = [card.id for card in cards[1:]]
            return MergePreview(
                cards,
                merged(self._records.fields_within(session, kind), cards, choices),
                merge.counts(session, kind, others),
            )

    def merge(
        self,
        kind: Kind,
        keep_id: int,
        other_ids: Sequence[int],
        choices: Choices = _NO_CHOICES,
    ) -> int:
        """Make the others part of the kept record; returns the gesture, whose undo parts them.

        `choices` names for fields the record whose value is wanted; see `domain.merging` for
        what holds otherwise. The others go to the trash, bare of what hung on them.
        """
        others = [i for i in dict.fromkeys(other_ids) if i != keep_id]
        with self._book.read() as session:
            title = self._cards(session, kind, [keep_id, *others])[0].ref.title
        with self._book.write(
            "gesture.merged", kind=kind.value, name=title, count=len(others) + 1, kept=keep_id
        ) as writing:
            session = writing.session
            cards = self._cards(session, kind, [keep_id, *others])
            fields = merged(self._records.fields_within(session, kind), cards, choices)
            merge.move(session, kind, keep_id, others)
            duplicates.carry_apart(session, kind, keep_id, others)
            self._write(session, kind, cards, fields)
            self._order(session, kind, cards, choices)
            if kind is Kind.PERSON:
                merge.photo(session, keep_id, others)
            Writer(session, kind).set_trashed(others, self._clock.now())
            return writing.gesture_id

    def _cards(self, session: Session, kind: Kind, ids: Sequence[int]) -> tuple[Card, ...]:
        if kind not in KINDS:
            raise ValueError(f"{kind} cannot be merged")
        if len(ids) < 2:
            raise Refused("duplicates.too_few")
        reader = self._records.reader(session, kind)
        cards = tuple(reader.card(record_id) for record_id in ids)
        if any(card.trashed for card in cards):
            raise Refused("duplicates.in_trash")
        return cards

    def _write(
        self,
        session: Session,
        kind: Kind,
        cards: Sequence[Card],
        fields: Sequence[MergedField],
    ) -> None:
        keep = cards[0].id
        writer = Writer(session, kind, tuple(one.field for one in fields if one.field.custom))
        merged_ids = {card.id for card in cards}
        changed: dict[str, Any] = {}
        job: dict[str, Any] = {}
        for one in fields:
            own = cards[0].values.get(one.field.key)
            if one.result == own:
                continue
            if not writer.spreads(one.field):
                value = one.result
                inward = isinstance(value, Ref) and value.kind is kind and value.id in merged_ids
                if not inward:  # its own branch or parent: `merge.move` has seen to that
                    changed[one.field.key] = value
            elif one.field.key in ("company", "title", "department") and one.source != keep:
                job[one.field.key] = one.result
        if changed:
            writer.update([keep], changed)
        if job:
            self._put_job(session, keep, job)

    def _put_job(self, session: Session, keep: int, wanted: Mapping[str, Any]) -> None:
        """Show the job at the company that was chosen, and write title and department into it."""
        present = [job for job in jobs.of_person(session, keep) if not job.left]
        company = wanted.get("company")
        if isinstance(company, Ref):
            at = next((j for j in present if j.company and j.company.id == company.id), None)
            if at is not None and not at.primary:
                jobs.put_first(session, keep, at.id)
        else:
            at = next((job for job in present if job.primary), None)
        texts = {key: wanted[key] for key in ("title", "department") if key in wanted}
        if at is not None and any((getattr(at, key) or None) != t for key, t in texts.items()):
            jobs.change(session, at.id, texts)

    def _order(self, session: Session, kind: Kind, cards: Sequence[Card], choices: Choices) -> None:
        """Choosing a record for phones or mails puts its own in front."""
        for field in self._records.fields_within(session, kind):
            if field.type is not FieldType.POINTS or field.key not in choices:
                continue
            card = next((c for c in cards if c.id == choices[field.key]), None)
            if card is not None:
                norms = [same_key(field, value) for value in card.values.get(field.key) or ()]
                merge.order_points(session, kind, cards[0].id, field.point, norms)


def _filled(card: Card) -> int:
    """How many fields say something."""
    return sum(value not in (None, "", (), False) for value in card.values.values())
