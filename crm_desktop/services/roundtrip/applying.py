"""Writing what was chosen of a sheet that came back, by the rules of every edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.data import bulk
from crm_desktop.data.session import Session
from crm_desktop.data.versions import versions
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.roundtrip import RoundTrip, RoundTripChoices
from crm_desktop.domain.text import fold
from crm_desktop.progress import Progress
from crm_desktop.services.imports.links import Named
from crm_desktop.services.imports.storing import store_choices
from crm_desktop.services.records import Records
from crm_desktop.services.roundtrip.resolving import Resolver, addresses

Done = tuple[int, int, int, int, int]
"""Cells, records, created, to the trash, list entries and others made along."""


class Applying:
    """One application of a preview within one gesture."""

    def __init__(
        self, session: Session, records: Records, trip: RoundTrip, choices: RoundTripChoices
    ) -> None:
        self._session = session
        self._records = records
        self._trip = trip
        self._choices = choices
        self._fields: dict[str, Field] = {
            one.key: one for one in records.fields_within(session, trip.kind)
        }
        self._companies: dict[str, int] = {}

    def run(self, progress: Progress) -> Done:
        """Write everything; how much it was."""
        trip, choices = self._trip, self._choices
        cells = [one for one in trip.cells if choices.takes(one)]
        fresh = [one for one in trip.new_rows if one.row not in choices.rows_left_out]
        away = [one.id for one in trip.missing if one.id in choices.trash]
        changes: dict[int, dict[str, Any]] = {}
        for cell in cells:
            changes.setdefault(cell.record.id, {})[cell.key] = cell.value
        self._require_same([*changes, *away])
        resolver = Resolver(self._session)
        edited = {one: self._resolved(resolver, values) for one, values in changes.items()}
        made = [self._resolved(resolver, one.values) for one in fresh]
        items = store_choices(self._session, resolver.choices)
        total, done = len(edited) + len(made), 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            progress.step(done, total)

        for record_id, values in edited.items():
            ready = self._linked(self._with_addresses(values, record_id))
            self._records.change(self._session, trip.kind, [record_id], ready)
            step(1)
        created = self._records.insert_all(
            self._session,
            trip.kind,
            [self._linked(self._with_addresses(values)) for values in made],
            step,
        )
        rows = zip(created, fresh, strict=True)
        origins = ((trip.kind, record_id, one.row) for record_id, one in rows)
        bulk.note_origins(self._session, origins, trip.path.name, trip.sheet)
        if away:
            self._records.put_away(self._session, trip.kind, away)
        along = items.total() + len(resolver.choices.new_staff) + len(self._companies)
        return len(cells), len(edited), len(created), len(away), along

    def _require_same(self, ids: list[int]) -> None:
        """Refuse where somebody changed the records since they were looked at."""
        now = versions(self._session, self._trip.kind, ids)
        if any(now.get(one) != self._trip.versions.get(one) for one in ids):
            raise Refused("roundtrip.changed_meanwhile", name=self._trip.path.name)

    def _resolved(self, resolver: Resolver, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: resolver.resolved(self._fields[key], value)[0]
            for key, value in values.items()
            if key in self._fields
        }

    def _with_addresses(
        self, values: dict[str, Any], record_id: int | None = None
    ) -> dict[str, Any]:
        """Several addresses stood on one line; of a record those kept keep their parts."""
        keys = [key for key in values if self._fields[key].type is FieldType.ADDRESSES]
        present: list[Any] = [()] * len(keys)
        if keys and record_id is not None:
            reader = self._records.reader(self._session, self._trip.kind)
            (held,) = reader.rows([record_id], keys)
            present = list(held.values)
        for key, before in zip(keys, present, strict=True):
            values[key] = addresses(values[key], before)
        return values

    def _linked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Companies the sheet names first are made, each once."""
        return {
            key: self._company(value.name) if isinstance(value, Named) else value
            for key, value in values.items()
        }

    def _company(self, name: str) -> int:
        key = fold(name)
        if key not in self._companies:
            self._companies[key] = self._records.insert(self._session, Kind.COMPANY, {"name": name})
        return self._companies[key]
