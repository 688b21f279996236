"""Deciding rows of kinds other than people and companies: found by code or title, made by rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from crm_desktop.data import import_keys
from crm_desktop.data.records.reading import Reader
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.imports import ImportProblem, ImportReport, Outcome, RowOutcome
from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.domain.text import fold
from crm_desktop.exchange.mapping import IMPORT_KINDS, Existing, ImportPlan, SheetRow
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.deciding import Describe
from crm_desktop.services.imports.merging import merge

_CODES = ("code", "number")


@dataclass(frozen=True, slots=True)
class NamedCompany:
    """A company the file names and the book does not have: made before the record."""

    name: str


@dataclass(slots=True)
class SimpleDrafts:
    """Records to create, with their rows, and changes to present ones."""

    created: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    updated: dict[int, dict[str, Any]] = field(default_factory=dict)


class SimpleDecider:
    """Decides rows of one kind. A record is known by its code, else by its title and company."""

    def __init__(
        self,
        session: Session,
        plan: ImportPlan,
        choices: Choices,
        reader: Callable[[Kind], Reader],
        describe: Describe,
        custom: Mapping[Kind, tuple[Field, ...]],
    ) -> None:
        (self.kind,) = IMPORT_KINDS[plan.kind]
        self._session = session
        self._plan = plan
        self.choices = choices
        self._reader = reader
        self._describe = describe
        self._custom = custom.get(self.kind, ())
        self._codes = import_keys.codes(session, self.kind, _CODES)
        self._by_title: dict[tuple[str, int | None], int] = {}
        self._seen: dict[Any, int] = {}
        self._load_titles()
        self.drafts = SimpleDrafts()
        self.report = ImportReport()

    def decide(self, rows: Sequence[SheetRow]) -> None:
        """Decide a batch of rows and add it to drafts and report."""
        for row in rows:
            if row.skip == "blank":
                continue
            self.report.rows += 1
            outcome, title = self._row(row)
            self.report.outcomes[outcome] += 1
            self.report.per_row.append(RowOutcome(row.number, outcome, title))

    def _row(self, row: SheetRow) -> tuple[Outcome, str]:
        if row.skip:
            return Outcome.SKIPPED, ""
        for one in row.problems:
            self._problem(row, one.column, one.code, one.args)
        values = self._resolved(row)
        title = values.get(schema.TITLE_KEYS[self.kind])
        if not title and schema.TITLE_KEYS[self.kind] != "number":
            self._problem(row, -1, "import.no_title", {}, blocking=True)
            return Outcome.FAILED, ""
        for key, value in values.items():
            if value is not None and value != ():
                self.report.values[f"{self.kind.value}.{key}"] += 1
        found = None if self._plan.existing is Existing.ADD else self._match(values)
        if found is None:
            self.drafts.created.append((row.number, values))
            self.report.by_kind[PLURALS[self.kind]] += 1
            return Outcome.CREATED, str(title or "")
        if self._plan.existing is Existing.SKIP:
            return Outcome.SKIPPED, str(title or "")
        (present,) = self._reader(self.kind).rows([found], list(values))
        result = merge(
            dict(zip(values, present.values, strict=True)),
            values,
            lambda key: schema.find(self.kind, key, self._custom),
            self._plan.existing,
        )
        for key, (old, new) in result.kept.items():
            column = self._plan.column(f"{self.kind.value}.{key}")
            args = {
                "kept": self._describe(self.kind, key, old)[0],
                "file": self._describe(self.kind, key, new)[0],
            }
            self._problem(row, column.index if column else -1, "import.kept", args)
        if result.changes:
            self.drafts.updated.setdefault(found, {}).update(result.changes)
        return (Outcome.UPDATED if result.changes else Outcome.SAME), str(title or "")

    def _match(self, values: Mapping[str, Any]) -> int | None:
        for key in _CODES:
            if values.get(key):
                return self._codes.get(fold(str(values[key])))
        company = values.get("company")
        if isinstance(company, NamedCompany):
            return None
        return self._by_title.get((fold(str(values[schema.TITLE_KEYS[self.kind]])), company))

    def _load_titles(self) -> None:
        has_company = any(field_.key == "company" for field_ in schema.FIELDS[self.kind])
        title = schema.TITLE_KEYS[self.kind]
        keys = [title, "company"] if has_company else [title]
        ids = list(import_keys.names(self._session, self.kind).values())
        for row in self._reader(self.kind).rows(ids, keys):
            company = row.values[1] if has_company else None
            key = (fold(str(row.values[0] or "")), company.id if company else None)
            self._by_title[key] = row.id

    def _resolved(self, row: SheetRow) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in row.values.get(self.kind, {}).items():
            field_ = schema.find(self.kind, key, self._custom)
            if field_.type is FieldType.CHOICE:
                values[key] = self.choices.item(field_.list_key, str(value))
            elif field_.type is FieldType.CHOICES:
                values[key] = tuple(self.choices.item(field_.list_key, str(v)) for v in value)
            elif field_.type is FieldType.LINK and field_.link is not None:
                found = self.choices.linked(self._session, field_.link, str(value))
                if found is not None:
                    values[key] = found
                elif field_.link is Kind.COMPANY:
                    values[key] = NamedCompany(str(value))
                else:
                    column = self._plan.column(f"{self.kind.value}.{key}")
                    index = column.index if column else -1
                    self._problem(row, index, "import.no_such", {"value": str(value)[:60]})
            else:
                values[key] = value
        return values

    def _problem(
        self, row: SheetRow, index: int, code: str, args: dict[str, Any], *, blocking: bool = False
    ) -> None:
        header = next((c.header for c in self._plan.columns if c.index == index), "")
        self.report.problems.append(ImportProblem(row.number, header, index, code, args, blocking))
