"""A record as it was on a day, beside what it is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm_desktop.domain.fields import Field
from crm_desktop.domain.jobs import JobRow
from crm_desktop.domain.kinds import Ref


@dataclass(frozen=True, slots=True)
class Then:
    """The values of a record at a moment; fields worked out from other records are left out."""

    ref: Ref  # with its name of then
    moment: datetime
    fields: tuple[Field, ...]
    values: Mapping[str, Any]
    now: Mapping[str, Any]
    trashed: bool
    jobs: tuple[JobRow, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that hold something else now and can be put back, in order."""
        return tuple(
            field.key
            for field in self.fields
            if field.writable and self.values.get(field.key) != self.now.get(field.key)
        )
