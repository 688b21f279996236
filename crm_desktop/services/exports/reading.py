"""Records read for cards and calendars: their values by key, and where they are known by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from crm_desktop.data.records.stream import Stream
from crm_desktop.data.session import Session
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.services.records import Records

_CHUNK = 500
Values = dict[str, Any]


def read(
    session: Session,
    records: Records,
    clock: Clock,
    kind: Kind,
    ids: Sequence[int],
    keys: Sequence[str],
    own: Sequence[str] = ("uid",),
) -> Iterator[Values]:
    """The fields `keys` and the columns `own` of each record that is still there, in order."""
    reader = records.reader(session, kind)
    today, zone = clock.today(), clock.zone
    for first in range(0, len(ids), _CHUNK):
        some = ids[first : first + _CHUNK]
        stream = Stream(session, kind, (), today=today, zone=zone, also=own)
        columns = [row for window in stream.windows(some) for row in zip(*window, strict=True)]
        for row, behind in zip(reader.rows(some, keys), columns, strict=True):
            yield dict(zip((*keys, *own), (*row.values, *behind), strict=True))
