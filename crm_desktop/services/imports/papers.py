"""Deciding rows of quotes and contracts: every row is a line, rows of one number one paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.domain.document_lines import LINE_COLUMNS, one_discount, require_currency
from crm_desktop.domain.fields import Field
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.issuing import CONTENT_KEYS, DRAFT
from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import fold
from crm_desktop.exchange.mapping import IMPORT_KINDS, Existing, ImportPlan, SheetRow
from crm_desktop.services.business import Trade
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.known_papers import HeldPaper, KnownPapers
from crm_desktop.services.imports.links import Named
from crm_desktop.services.imports.merging import merge, plain
from crm_desktop.services.imports.paper_lines import LineReader, sums_of
from crm_desktop.services.imports.row_decider import Describe, RowDecider

Values = dict[str, Any]
_LINE = "line."
_CENT = Decimal("0.01")
# Where one of these cells cannot be read, something else would be set in its place.
_OF_LINE = frozenset(
    f"{_LINE}{key}"
    for key in ("quantity", "price", "discount_percent", "discount_amount", "tax_rate")
)
_OF_HEAD = frozenset({"dated", "currency", "tax_included", "discount_percent", "discount_amount"})


@dataclass(slots=True)
class NewPaper:
    """A paper to be made, with its lines and the row it began in."""

    row: SheetRow
    values: Values
    lines: list[Values] = field(default_factory=list)
    begun: bool = False  # whether a row was taken
    stopped: bool = False  # whether a row was wrong in a way that leaves all of it out
    taken: list[tuple[int, SheetRow]] = field(default_factory=list)
    """Its rows, with their places in the report."""


@dataclass(slots=True)
class PaperDrafts:
    """Papers to make, and changes to those of the book and to their lines."""

    created: list[NewPaper] = field(default_factory=list)
    updated: dict[int, Values] = field(default_factory=dict)
    added: dict[int, list[Values]] = field(default_factory=dict)
    changed: dict[int, dict[int, Values]] = field(default_factory=dict)
    """By paper and by line."""


class PaperDecider(RowDecider):
    """Decides rows of quotes or contracts.

    A paper is known by its number, else by title, customer and date. Rows without a number that
    say nothing else of the paper go on with the one above, as below merged cells.
    """

    def __init__(
        self,
        session: Session,
        plan: ImportPlan,
        choices: Choices,
        reader: Callable[[Kind], Reader],
        describe: Describe,
        custom: Mapping[Kind, tuple[Field, ...]],
        trade: Trade,
    ) -> None:
        (self.kind,) = IMPORT_KINDS[plan.kind]
        with_lines = {self.kind: (*custom.get(self.kind, ()), *LINE_COLUMNS)}
        super().__init__(session, plan, choices, reader, describe, with_lines)
        self._trade = trade
        self._known = KnownPapers(session, self.kind, reader(self.kind), plan.match)
        self._lines = LineReader(session, choices, trade)
        self._fresh: dict[Any, NewPaper] = {}
        self._current: NewPaper | HeldPaper | None = None
        self.drafts = PaperDrafts()
        self._own_policies = self._policies(self.kind)

    def finish(self) -> None:
        """Sums that do not hold are told at the row the paper began in."""
        for draft in self.drafts.created:
            if draft.stopped:
                self._take_back(draft)
        self.drafts.created = [draft for draft in self.drafts.created if not draft.stopped]
        for draft in self.drafts.created:
            self._count_named(draft.values)
            self._check_sums(draft)

    def _row(self, row: SheetRow) -> tuple[Outcome, str]:
        found = self._resolved(row, self.kind)
        head = {key: value for key, value in found.items() if not key.startswith(_LINE)}
        given = {k.removeprefix(_LINE): v for k, v in found.items() if k.startswith(_LINE)}
        self._count(found)
        self._mend_head(row, head)
        unread = {one.target.partition(".")[2] for one in row.problems}
        line, lost = None, bool(unread & _OF_LINE)
        if not lost and (given or self._raw(row, "product")):
            currency = head.get("currency") or self._trade.currency
            included = head.get("tax_included", self._trade.tax_included)
            given.setdefault("name", self._raw(row, "product"))
            try:
                line = self._lines.read(given, currency, tax_included=included)
            except Refused as refused:
                self._tell(row, refused)
                lost = True
        if line is not None and line.differs is not None:
            args = {"file": str(given["amount"]), "worked_out": str(line.differs)}
            self._problem(row, self._index(self.kind, "line.amount"), "import.amount_differs", args)
        values = line.values if line is not None else None
        keys, title = _keys(head), _title(head)
        paper = self._paper(head, keys)
        told = lost or values is not None
        if paper is None and told and head.keys() <= {"notes", "in_charge"}:
            paper = self._current
        if lost or unread & _OF_HEAD:
            return self._wait(row, paper, head, keys, whole=bool(unread & _OF_HEAD)), title
        if paper is None and not keys:
            self._problem(row, -1, "import.no_title", {}, blocking=True)
            return Outcome.FAILED, ""
        if paper is None:
            self._current = self._create(row, head, keys, values)
            return Outcome.CREATED, title
        self._current = paper
        if isinstance(paper, NewPaper):
            title = title or _title(paper.values)
            if paper.stopped:
                self._problem(row, -1, "import.paper_waits", {"number": title}, blocking=True)
                return Outcome.FAILED, title
            return self._go_on(row, paper, head, values), title
        return self._existing(row, paper, head, values), title or paper.number

    def _unknown(self, link: Kind, word: str) -> Any:
        """A company nobody knows yet is made before the paper; a bare number names none."""
        return Named(link, word) if link is Kind.COMPANY and not word.isdecimal() else None

    # Which paper

    def _paper(self, head: Values, keys: Sequence[Any]) -> NewPaper | HeldPaper | None:
        """The paper a row goes on with, or one the book has; None for a new one."""
        if not head or (not head.get("number") and self._says_the_same(head)):
            return self._current
        for key in keys:
            if key in self._fresh:
                return self._fresh[key]
        if self._plan.existing is Existing.ADD:
            if self._known.by_number(head.get("number")) is not None:
                head.pop("number")  # it is given once
            return None
        return self._known.find(head)

    def _says_the_same(self, head: Values) -> bool:
        """Whether a row without a number repeats what the row above said of its paper."""
        if self._current is None or not head.keys() & {"title", "company", "person", "dated"}:
            return False
        above = self._current.values
        return all(plain(above.get(key)) == plain(value) for key, value in head.items())

    def _create(
        self, row: SheetRow, head: Values, keys: Sequence[Any], line: Values | None
    ) -> NewPaper:
        if head.get("signed_on") is not None:
            head.setdefault("dated", head["signed_on"])
        draft = NewPaper(row, head, [] if line is None else [line])
        for key in keys:
            self._fresh.setdefault(key, draft)
        self._begin(row, draft)
        return draft

    def _begin(self, row: SheetRow, draft: NewPaper) -> None:
        draft.begun = True
        draft.taken.append((len(self.report.per_row), row))
        self.drafts.created.append(draft)
        self.report.by_kind[PLURALS[self.kind]] += 1

    def _wait(
        self,
        row: SheetRow,
        paper: NewPaper | HeldPaper | None,
        head: Values,
        keys: Sequence[Any],
        *,
        whole: bool,
    ) -> Outcome:
        """A row that cannot be taken. Rows below it may go on with its paper, but not where the
        `whole` of it would be another one, nor where no line can be added later."""
        if paper is None and keys:
            paper = NewPaper(row, head)
            for key in keys:
                self._fresh.setdefault(key, paper)
        if paper is not None:
            self._current = paper
        if isinstance(paper, NewPaper):
            paper.stopped |= whole or paper.values.get("state", DRAFT) != DRAFT
        return Outcome.FAILED

    def _take_back(self, draft: NewPaper) -> None:
        """None of the rows of a stopped paper is taken."""
        self.report.by_kind[PLURALS[self.kind]] -= 1
        for at, row in draft.taken:
            one = self.report.per_row[at]
            self.report.outcomes[one.outcome] -= 1
            self.report.outcomes[Outcome.FAILED] += 1
            self.report.per_row[at] = replace(one, outcome=Outcome.FAILED)
            args = {"number": _title(draft.values)}
            self._problem(row, -1, "import.paper_waits", args, blocking=True)

    def _go_on(self, row: SheetRow, draft: NewPaper, head: Values, line: Values | None) -> Outcome:
        """A further row of a new paper: within one file the first row wins."""
        result = merge(draft.values, head, self._of_head, Existing.FILL)
        self._tell_kept(row, self.kind, result.kept)
        draft.values.update(result.changes)
        if line is not None:
            draft.lines.append(line)
        if not draft.begun:
            self._begin(row, draft)
            return Outcome.CREATED
        draft.taken.append((len(self.report.per_row), row))
        if line is not None:
            return Outcome.CREATED
        return Outcome.UPDATED if result.changes else Outcome.SAME

    def _of_head(self, key: str) -> Field:
        return self._field(self.kind, key)

    # Papers of the book

    def _existing(
        self, row: SheetRow, paper: HeldPaper, head: Values, line: Values | None
    ) -> Outcome:
        if self._plan.existing is Existing.SKIP:
            return Outcome.SKIPPED
        changed = self._change_head(row, paper, head)
        if line is None:
            return Outcome.UPDATED if changed else Outcome.SAME
        found = paper.take(line)
        if found is None:
            if paper.state != DRAFT:
                self._problem(row, -1, self._locked, {"number": paper.number}, blocking=True)
                return Outcome.FAILED
            self.drafts.added.setdefault(paper.id, []).append(line)
            return Outcome.UPDATED
        told = {key: value for key, value in line.items() if self._told(key)}
        differing = {key: new for key, new in told.items() if new != found.get(key)}
        if not differing:
            return Outcome.UPDATED if changed else Outcome.SAME
        if self._plan.existing is Existing.OVERWRITE and paper.state == DRAFT:
            self.drafts.changed.setdefault(paper.id, {})[found["id"]] = differing
            return Outcome.UPDATED
        kept = {f"{_LINE}{key}": (found.get(key), new) for key, new in differing.items()}
        self._tell_kept(row, self.kind, kept)
        return Outcome.UPDATED if changed else Outcome.SAME

    def _change_head(self, row: SheetRow, paper: HeldPaper, head: Values) -> bool:
        if paper.has_lines:
            head.pop("total", None)  # it is worked out from them
        result = merge(paper.values, head, self._of_head, self._plan.existing, self._own_policies)
        self._tell_kept(row, self.kind, result.kept)
        changes = result.changes
        if paper.state != DRAFT and changes.keys() & CONTENT_KEYS:
            changes = {key: value for key, value in changes.items() if key not in CONTENT_KEYS}
            self._problem(row, -1, self._locked, {"number": paper.number})
        if changes:
            self._count_named(changes)
            paper.values.update(changes)
            self.drafts.updated.setdefault(paper.id, {}).update(changes)
        return bool(changes)

    @property
    def _locked(self) -> str:
        return f"document.{self.kind.value}_is_read_only"

    def _told(self, key: str) -> bool:
        """Whether the file says something of this part of a line."""
        if key in ("name", "product"):
            return False  # by these the line was found
        return self._plan.column(f"{self.kind.value}.{_LINE}{key}") is not None or (
            key == "price" and self._plan.column(f"{self.kind.value}.{_LINE}amount") is not None
        )

    # Values

    def _raw(self, row: SheetRow, key: str) -> Any:
        return row.values.get(self.kind, {}).get(f"{_LINE}{key}")

    def _mend_head(self, row: SheetRow, head: Values) -> None:
        """Take out of the head what a paper cannot hold."""
        for keys, check in (
            (("currency",), lambda: require_currency(head["currency"])),
            (("discount_percent", "discount_amount"), lambda: one_discount(dict(head))),
        ):
            if not head.keys() & set(keys):
                continue
            try:
                check()
            except Refused as refused:
                index = self._index(self.kind, next(key for key in keys if key in head))
                self._problem(row, index, refused.key, dict(refused.args_for_words))
                for key in keys:
                    head.pop(key, None)

    def _check_sums(self, draft: NewPaper) -> None:
        if not draft.lines:
            return
        try:
            total = sums_of(draft.lines, draft.values, self._trade).total
        except Refused as refused:
            index = self._index(self.kind, "discount_amount")
            self._problem(draft.row, index, refused.key, dict(refused.args_for_words))
            draft.values.pop("discount_amount", None)
            return
        told = draft.values.pop("total", None)
        if told is not None and abs(told - total) > _CENT:
            args = {"file": str(told), "worked_out": str(total)}
            index = self._index(self.kind, "total")
            self._problem(draft.row, index, "import.amount_differs", args)

    def _tell(self, row: SheetRow, refused: Refused) -> None:
        args = dict(refused.args_for_words)
        problem = next(iter(args.get("problems", ())), None)
        if problem is None:
            self._problem(row, -1, refused.key, args, blocking=True)
        else:
            index = self._index(self.kind, f"{_LINE}{problem.field}")
            nameless = index < 0 and problem.field == "name"
            code = "import.no_item" if nameless else problem.code
            self._problem(row, index, code, dict(problem.args), blocking=True)

    def _count(self, values: Values) -> None:
        for key, value in values.items():
            if value is not None and value != ():
                self.report.values[f"{self.kind.value}.{key}"] += 1


def _keys(head: Values) -> list[Any]:
    """What rows of one paper have in common within a file."""
    if head.get("number"):
        return [fold(str(head["number"]))]
    if head.keys() & {"title", "company", "person"}:
        return [
            tuple(repr(plain(head.get(key))) for key in ("title", "company", "person", "dated"))
        ]
    return []


def _title(head: Mapping[str, Any]) -> str:
    return str(head.get("number") or head.get("title") or "")
