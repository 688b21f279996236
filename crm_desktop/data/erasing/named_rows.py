"""Saved views and notices that name the erased: about them alone they go, else they lose that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from crm_desktop.data.erasing.reach import Reach
from crm_desktop.data.erasing.without import Texts, Without
from crm_desktop.data.session import Session
from crm_desktop.data.types import json_text
from crm_desktop.domain.erasing import NO_NAME, NO_TEXT
from crm_desktop.domain.telling import Telling
from crm_desktop.typed_texts import query_without_told

VIEWS, NOTICES = "saved_views", "notices"
_COLUMNS: Mapping[str, tuple[str, ...]] = {VIEWS: ("name", "query"), NOTICES: ("text",)}


class NamedRows:
    """Finds them once, before anything goes; nothing of other records is looked at."""

    def __init__(self, session: Session, telling: Telling) -> None:
        self._execute = session.connection().exec_driver_sql
        self._telling = telling
        self._texts = {
            VIEWS: Without(session, VIEWS, self._fresh_view, telling.names),
            NOTICES: Without(session, NOTICES, self._fresh_notice, telling.names),
        }
        self._gone: dict[str, set[int]] = {VIEWS: set(), NOTICES: set()}
        self._kept: dict[str, set[int]] = {VIEWS: set(), NOTICES: set()}
        self._ghosts: dict[str, set[int]] = {VIEWS: set(), NOTICES: set()}
        self.views: dict[int, str] = {}
        """The views a user sees that change or go, by their names."""
        if telling:
            for table in _COLUMNS:
                self._look(table)

    def add_to(self, reach: Reach) -> None:
        """Those that go go with the erased, and so do those only the journal remembers."""
        for table in _COLUMNS:
            if gone := self._gone[table]:
                reach.gone[table] |= gone
            if ghosts := self._ghosts[table]:
                reach.ghosts[table] |= ghosts

    def take_out(self) -> None:
        """Of those that stay, as they are."""
        for table, columns in _COLUMNS.items():
            self._texts[table].take_out(columns, self._kept[table])

    def forget(self) -> None:
        """At the end of the gesture: of those that stay, as they were."""
        for table in _COLUMNS:
            self._texts[table].forget(self._kept[table])

    def _look(self, table: str) -> None:
        columns = _COLUMNS[table]
        rows = self._execute(f"SELECT id, trashed_at, {', '.join(columns)} FROM {table}")
        here: set[int] = set()
        for row_id, trashed_at, *texts in rows.fetchall():
            here.add(row_id)
            held = dict(zip(columns, texts, strict=True))
            fresh = self._fresh(table, row_id, held)
            if not fresh:
                continue
            (self._gone if _goes(table, held, fresh) else self._kept)[table].add(row_id)
            if table == VIEWS and trashed_at is None:
                self.views[row_id] = held["name"]
        for row_id in self._once_told(table) - self._gone[table]:
            (self._kept if row_id in here else self._ghosts)[table].add(row_id)

    def _once_told(self, table: str) -> set[int]:
        """The rows of which the journal holds what names the erased."""
        rows = self._execute(
            "SELECT row_id, before, after FROM journal_change WHERE table_name = ?", (table,)
        )
        return {
            row_id
            for row_id, *sides in rows.fetchall()
            if any(self._fresh(table, row_id, json.loads(side)) for side in sides if side)
        }

    def _fresh(self, table: str, row_id: int, texts: Texts) -> dict[str, Any]:
        fresh = self._fresh_view if table == VIEWS else self._fresh_notice
        return fresh(row_id, texts)

    def _fresh_view(self, row_id: int, texts: Texts) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self._names(texts.get("name")):
            found["name"] = NO_NAME.format(number=row_id)
        if query := texts.get("query"):
            held = json.loads(query)
            kept = query_without_told(held, self._telling.names)
            if kept != held:
                found["query"] = json_text(kept)
        return found

    def _fresh_notice(self, _row_id: int, texts: Texts) -> dict[str, Any]:
        return {"text": NO_TEXT} if self._names(texts.get("text")) else {}

    def _names(self, text: Any) -> bool:
        return isinstance(text, str) and self._telling.names(text)


def _goes(table: str, held: Texts, fresh: Texts) -> bool:
    """A notice, and a view that shows nothing in particular any more."""
    if table == NOTICES:
        return True
    if "query" not in fresh:
        return False
    kept = json.loads(fresh["query"])
    return not kept.get("text") and not _conditions(kept.get("where"))


def _conditions(group: Any) -> Iterable[Any]:
    return group.get("of", ()) if isinstance(group, dict) else ()
