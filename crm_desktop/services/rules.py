"""What a kind of record adds to being created or changed; a feature registers its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.data.session import Session


class Rules:
    """No rules. Features override what they need; all runs inside the gesture's transaction."""

    def before_create(self, session: Session, values: dict[str, Any]) -> dict[str, Any]:
        """Fill defaults; the values are already checked."""
        return values

    def after_create(self, session: Session, record_id: int, values: Mapping[str, Any]) -> None:
        """React to a new record."""

    def after_create_all(self, session: Session, records: Mapping[int, Mapping[str, Any]]) -> None:
        """React to many new records, by id; where that is less than to each of them."""
        for record_id, values in records.items():
            self.after_create(session, record_id, values)

    def before_update(
        self, session: Session, ids: Sequence[int], values: dict[str, Any]
    ) -> dict[str, Any]:
        """Add what must change along, or refuse."""
        return values

    def check_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """Refuse what `before_update` would refuse; nothing is written."""

    def after_update(self, session: Session, ids: Sequence[int], values: Mapping[str, Any]) -> None:
        """React to a change."""

    def before_trash(self, session: Session, ids: Sequence[int]) -> None:
        """Refuse what has to stay."""


NO_RULES = Rules()
