"""Columns of many rows at once: each as one JSON text, several times as fast as row by row."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.data.session import Session
from crm_desktop.data.tables.base import Base
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.plain_texts import plain_in_json
from crm_desktop.domain.schema import TITLE_KEYS

_TITLES_KEPT = 20_000
_WINDOW = "FROM (SELECT value AS rid FROM json_each(?)) w CROSS JOIN"


class Arrays:
    """Reads stored values of rows joined to a window of ids, within one session.

    `asked` is the window as `asked_for` makes it; the joined table is called t, the id w.rid.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._titles: dict[Kind, dict[int, str]] = {}
        self._there: dict[tuple[str, str], bool] = {}
        self.read = 0
        """How many characters have been read; whoever watches it sets it back."""

    def select(
        self,
        columns: Sequence[str],
        joined: str,
        params: Sequence[Any],
        *,
        where: Sequence[str] = (),
    ) -> list[Listed]:
        """The values of each of the expressions; `where` may say for each which rows it takes.

        `params` are bound in the order of the statement: expressions, window, `joined`.
        """
        only = [f" FILTER (WHERE {one})" for one in where] or [""] * len(columns)
        sql = [f"json_group_array({c}){o}" for c, o in zip(columns, only, strict=True)]
        row = self._one(f"SELECT {', '.join(sql)} {_WINDOW} {joined}", params)
        self.read += sum(map(len, row))
        return [Listed(text) for text in row]

    def counts(self, columns: Sequence[str], joined: str, params: Sequence[Any]) -> list[int]:
        """How many values there are in each of the expressions."""
        sql = ", ".join(f"count({one})" for one in columns)
        return list(self._one(f"SELECT {sql} {_WINDOW} {joined}", params)) if columns else []

    def has(self, table: str, condition: str, *params: Any) -> bool:
        """Whether the table has any such row; asked once."""
        key = (table, condition)
        if key not in self._there:
            sql = f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {condition})"
            self._there[key] = bool(self._one(sql, params)[0])
        return self._there[key]

    def titles(self, kind: Kind, table: type[Base], ids: Collection[Any]) -> dict[int, str]:
        """What at least these records of `kind` are called; "" where one is gone."""
        known = self._titles.setdefault(kind, {})
        missing = set(ids) - known.keys() - {None}
        if missing and len(known) + len(missing) > _TITLES_KEPT:
            known = self._titles[kind] = {}
            missing = set(ids) - {None}
        if missing:
            known.update(dict.fromkeys(missing, ""))
            columns = ("t.id", f"coalesce(t.{TITLE_KEYS[kind]}, '')")
            joined = f'"{table.__tablename__}" t ON t.id = w.rid'
            found = self.select(columns, joined, [asked_for(missing)])
            known.update(zip(*(one.values() for one in found), strict=True))
        return known

    def _one(self, sql: str, params: Sequence[Any]) -> Sequence[Any]:
        return self._session.connection().exec_driver_sql(sql, tuple(params)).one()


@dataclass(frozen=True, slots=True)
class Listed:
    """One column as it comes, a JSON text; for ids it can be told from that alone what they are."""

    text: str

    def values(self) -> list[Any]:
        """The values, None for NULL."""
        values: list[Any] = json.loads(self.text)
        return values

    def texts(self, count: int) -> Sequence[str | None]:
        """The same of `count` texts among which NULL came as an empty one."""
        plain = plain_in_json(self.text, count)
        return [None if one == "" else one for one in self.values()] if plain is None else plain


NOTHING_LISTED = Listed("[]")


def asked_for(ids: Iterable[int]) -> str:
    """A window of ids in the order in which their rows lie."""
    return json.dumps(sorted(set(ids)), separators=(",", ":"))
