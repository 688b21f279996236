"""Deciding rows of kinds other than people and companies: found by code or by what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from crm_desktop.data import import_keys
from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.domain import schema
from crm_desktop.domain.fields import Field
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.domain.text import fold
from crm_desktop.exchange.mapping import IMPORT_KINDS, Existing, ImportPlan, SheetRow
from crm_desktop.exchange.mapping.currencies import MONEY, STAGE_CURRENCY
from crm_desktop.services.imports.alike import Alike
from crm_desktop.services.imports.blamed import blamed
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.filled_in import filled_in
from crm_desktop.services.imports.hanging_rows import HangingRows
from crm_desktop.services.imports.links import Named
from crm_desktop.services.imports.merging import merge
from crm_desktop.services.imports.money_rows import MONEY_KINDS, MoneyRows
from crm_desktop.services.imports.row_decider import Describe, RowDecider

_CODES = ("code", "number")
_NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class SimpleDrafts:
    """Records to create, with their rows, and changes to present ones."""

    created: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    updated: dict[int, dict[str, Any]] = field(default_factory=dict)


class SimpleDecider(RowDecider):
    """Decides rows of one kind. A record is known by its code, else by its title and company.

    Of records alike in these each stands for one row, so that a file with two of them finds both
    again; rows with the same code are one record.
    """

    def __init__(
        self,
        session: Session,
        plan: ImportPlan,
        choices: Choices,
        reader: Callable[[Kind], Reader],
        describe: Describe,
        custom: Mapping[Kind, tuple[Field, ...]],
    ) -> None:
        super().__init__(session, plan, choices, reader, describe, custom)
        (self.kind,) = IMPORT_KINDS[plan.kind]
        self._codes = import_keys.codes(session, self.kind, _CODES)
        self._alike = Alike.of(session, self.kind, reader(self.kind))
        self._money = MoneyRows(session, self.kind)
        self._hanging = HangingRows(session, self.kind)
        has_currency = "currency" in schema.keys(self.kind)
        self._currency = {"currency": None} if has_currency else {}  # amounts are told with it
        self._present: dict[int, dict[str, Any]] = {}
        self._drafted: dict[str, dict[str, Any]] = {}  # new records by their code
        self.drafts = SimpleDrafts()
        self._own_policies = self._policies(self.kind)
        if has_currency and plan.column(f"{self.kind.value}.currency") is None:
            # What cells of amounts say of their currency goes with the amounts.
            amounts = [
                key for key in self._own_policies if self._field(self.kind, key).type in MONEY
            ]
            if amounts:
                self._own_policies["currency"] = self._own_policies[amounts[0]]

    def _row(self, row: SheetRow) -> tuple[Outcome, str]:
        values = self._resolved(row, self.kind)
        problem = self._hanging.in_other_currency(values, values.pop(STAGE_CURRENCY, ""))
        if problem is not None:
            cells = self._blamed("", values, "amount")
            self._problem(row, cells, problem.code, problem.args, blocking=True)
            return Outcome.FAILED, str(values.get("name") or "")
        outcome, title = self._decided(row, values)
        if outcome is not Outcome.FAILED:
            for key, value in values.items():
                if value is not None and value != ():
                    self.report.values[f"{self.kind.value}.{key}"] += 1
        return outcome, title

    def _decided(self, row: SheetRow, values: dict[str, Any]) -> tuple[Outcome, str]:
        title = values.get(schema.TITLE_KEYS[self.kind])
        named = title or self.kind in MONEY_KINDS
        unread = self._unread(row, self.kind, values)
        if not named and not (_code(values) in self._drafted or self._codes.get(_code(values))):
            return self._nameless(row, values, unread), ""
        if not _code(values) and unread & self._alike.cells:
            # Once mended it would be another record.
            self._is_none(row, values, fresh=True, unread=unread)
            return self._stop(row, self.kind, unread & self._alike.cells), str(title or "")
        unsaid = unread & filled_in(self.kind, values)
        if self._plan.existing is not Existing.ADD:
            drafted = self._drafted.get(_code(values))
            if drafted is not None:
                if unsaid - drafted.keys():
                    return self._stop(row, self.kind, unsaid), str(title or "")
                # Within one file the first row wins.
                return self._merged(row, drafted, values, drafted, fresh=True), str(title or "")
            found = self._match(values)
            if found is not None:
                return self._known(row, found, values), str(title or "")
        if unsaid:
            self._is_none(row, values, fresh=True, unread=unread)
            return self._stop(row, self.kind, unsaid), str(title or "")
        if self._is_none(row, values, fresh=True):
            return Outcome.FAILED, str(title or "")
        self._tell_beyond(row, values)
        self.drafts.created.append((row.number, values))
        self.report.by_kind[PLURALS[self.kind]] += 1
        self._count_named(values)
        if _code(values):
            self._drafted.setdefault(_code(values), values)
        return Outcome.CREATED, str(title or "")

    def _known(self, row: SheetRow, found: int, values: Mapping[str, Any]) -> Outcome:
        """A row about a record of the book."""
        if self._plan.existing is Existing.SKIP:
            return Outcome.SKIPPED
        if "state" in values and self._plan.column(f"{self.kind.value}.state") is None:
            # That a day is gone by tells only of what is new here.
            values = {key: value for key, value in values.items() if key != "state"}
        present = self._present.setdefault(found, {})
        wanted = {**values, **self._hanging.whole, **self._currency}
        missing = [key for key in wanted if key not in present]
        if missing:
            (held,) = self._reader(self.kind).rows([found], missing)
            present.update(zip(missing, held.values, strict=True))
        changes = self.drafts.updated.get(found, {})
        outcome = self._merged(row, present, values, changes, fresh=False)
        if changes:
            if outcome is Outcome.UPDATED:
                self._tell_beyond(row, present, found)
            self._count_named(changes)
            self.drafts.updated[found] = changes
        return outcome

    def _merged(
        self,
        row: SheetRow,
        present: dict[str, Any],
        values: Mapping[str, Any],
        changes: dict[str, Any],
        *,
        fresh: bool,
    ) -> Outcome:
        """Bring a row's values to a record; what was kept is told, what changes noted."""
        policy, own = self._plan.existing, self._own_policies
        if fresh:  # the policies are about what the book held before
            policy, own = Existing.FILL, {}
        result = merge(present, values, lambda key: self._field(self.kind, key), policy, own)
        self._keep_currency(row, result.changes, held=present, told=values)
        if self._hanging.is_other_share(present, result.changes):
            if policy is not Existing.OVERWRITE:
                cells = self._blamed("import.other_share", values)
                self._problem(row, cells, "import.other_share", {}, blocking=True)
                return Outcome.FAILED
            present |= dict.fromkeys(("amount", "percent"))
        if result.changes and self._is_none(row, {**present, **result.changes}, fresh=False):
            return Outcome.FAILED
        self._tell_kept(row, self.kind, result.kept, held=present, told=values)
        present.update(result.changes)
        changes.update(result.changes)
        return Outcome.UPDATED if result.changes else Outcome.SAME

    def _keep_currency(
        self,
        row: SheetRow,
        changes: dict[str, Any],
        *,
        held: Mapping[str, Any],
        told: Mapping[str, Any],
    ) -> None:
        """Amounts of another currency than the record keeps do not become its own."""
        kept, other = held.get("currency"), told.get("currency")
        if not kept or not other or kept == other or "currency" in changes:
            return
        args = {"currency": other, "kept": kept}
        for key in [key for key in changes if self._field(self.kind, key).type in MONEY]:
            del changes[key]
            self._problem(row, self._blamed("", told, key), "import.two_currencies", args)

    def _match(self, values: Mapping[str, Any]) -> int | None:
        keys = self._plan.match or ["code", "title"]
        code = _code(values) if "code" in keys else ""
        if code:
            found = self._codes.get(code)
            if found is not None or not self._plan.match:
                return found
        return self._alike.take(values) if "title" in keys else None

    def _nameless(self, row: SheetRow, values: Mapping[str, Any], unread: set[str]) -> Outcome:
        """A row that does not say what it is about; told with all else that is wrong with it."""
        before = len(self.report.problems)
        self._is_none(row, values, fresh=True, unread=unread)
        told = {one.code for one in self.report.problems[before:]}
        if "import.no_title" not in told:
            cells = self._naming(f"{self.kind.value}.{schema.TITLE_KEYS[self.kind]}")
            self._problem(row, cells, "import.no_title", {}, blocking=True)
        return Outcome.FAILED

    def _is_none(
        self,
        row: SheetRow,
        values: Mapping[str, Any],
        *,
        fresh: bool,
        unread: Set[str] = _NOTHING,
    ) -> bool:
        """Whether a row is no record of its kind; told with every reason, so that all can be
        mended at once. Of fields in `unread` it is told already that they cannot be read."""
        found = False
        for problem in (
            *self._money.troubles(values, fresh=fresh),
            *self._hanging.troubles(values),
        ):
            keys = (problem.field,) if problem.field else blamed(problem.code, values)
            if not unread.isdisjoint(keys):
                continue
            found = True
            cells = self._blamed(problem.code, values, problem.field)
            self._problem(row, cells, problem.code, problem.args, blocking=True)
        return found

    def _tell_beyond(self, row: SheetRow, values: Mapping[str, Any], stage_id: int = 0) -> None:
        problem = self._hanging.beyond(values, stage_id)
        if problem is not None:
            cells = self._blamed(problem.code, values)
            self._problem(row, cells, problem.code, problem.args)

    def _blamed(self, code: str, values: Mapping[str, Any], field_key: str = "") -> list[int]:
        """The columns in which to mend what a problem is about."""
        keys = (field_key,) if field_key else blamed(code, values)
        found = (self._plan.filling(f"{self.kind.value}.{key}") for key in keys)
        return list(chain.from_iterable(found))

    def _unknown(self, link: Kind, word: str) -> Any:
        """A company nobody knows yet is made before the record; a bare number names none."""
        return Named(link, word) if link is Kind.COMPANY and not word.isdecimal() else None


def _code(values: Mapping[str, Any]) -> str:
    """The code or number of a row, in the one form it is looked up by."""
    return next((fold(str(values[key])) for key in _CODES if values.get(key)), "")
