"""Deciding rows of quotes and contracts: every row is a line, rows of one number one paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from crm_desktop.data.records.reading import Reader
from crm_desktop.data.session import Session
from crm_desktop.domain.amounts import amount_text
from crm_desktop.domain.document_lines import LINE_COLUMNS, one_discount, require_currency
from crm_desktop.domain.fields import Field
from crm_desktop.domain.imports import Outcome
from crm_desktop.domain.issuing import CONTENT_KEYS, DRAFT
from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.mapping import IMPORT_KINDS, Existing, ImportPlan, SheetRow
from crm_desktop.services.business import Trade
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.filled_in import filled_in
from crm_desktop.services.imports.known_papers import HeldPaper, KnownPapers
from crm_desktop.services.imports.links import Named
from crm_desktop.services.imports.merging import merge, plain
from crm_desktop.services.imports.paper_drafts import (
    NewPaper,
    PaperDrafts,
    Values,
    WaitingLine,
    begun,
    keys_of,
    title_of,
)
from crm_desktop.services.imports.paper_lines import LineReader, sums_of
from crm_desktop.services.imports.row_decider import Describe, RowDecider

_LINE = "line."
_CENT = Decimal("0.01")
# As with `filled_in`: without these cells the line would be another one.
_OF_LINE = frozenset(
    f"{_LINE}{key}"
    for key in ("quantity", "price", "discount_percent", "discount_amount", "tax_rate")
)


class PaperDecider(RowDecider):
    """Decides rows of quotes or contracts.

    A paper is known by its number, else by title, customer and date. Rows without a number that
    say nothing else of the paper go on with the one above, as below merged cells.
    """

    rows_stand_alone = False

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
        self._waiting: list[WaitingLine] = []
        self._own: NewPaper | HeldPaper | None = None  # of the row at hand
        self._told_keys: tuple[str, ...] = ()
        self._head = filled_in(self.kind, {})
        self.drafts = PaperDrafts()
        self._own_policies = self._policies(self.kind)

    def finish(self) -> None:
        """Sums that do not hold are told at the row the paper began in."""
        for one in self._waiting:
            self._become(one.at, self._settled(one))
        for draft in self.drafts.created:
            if not draft.stopped:
                self._check_sums(draft)
            if draft.stopped:
                self._take_back(draft)
        self.drafts.created = [draft for draft in self.drafts.created if not draft.stopped]
        for draft in self.drafts.created:
            self._count_named(draft.values)

    def _row(self, row: SheetRow) -> tuple[Outcome, str]:
        found = self._resolved(row, self.kind)
        self._own, self._told_keys = None, self._keys_told(found)
        outcome, title = self._decided(row, found)
        if self._own is not None:
            self._current = self._own
            self.report.together[row.number] = self._own.first_row
        if outcome is not Outcome.FAILED:
            self._count(self._told_keys, 1)
        return outcome, title

    def _decided(self, row: SheetRow, found: Values) -> tuple[Outcome, str]:
        head = {key: value for key, value in found.items() if not key.startswith(_LINE)}
        given = {k.removeprefix(_LINE): v for k, v in found.items() if k.startswith(_LINE)}
        unread = self._unread(row, self.kind, found) | self._mend_head(row, head)
        of_line = _OF_LINE | {key for key in row.damaged if key.startswith(_LINE)}
        of_head = unread & (self._head | row.damaged) - of_line
        line, lost = None, bool(unread & of_line)
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
            args = _both(given["amount"], line.differs, currency)
            self._problem(row, self._index(self.kind, "line.amount"), "import.amount_differs", args)
        values = line.values if line is not None else None
        keys, title = keys_of(head), title_of(head)
        paper = self._paper(head, keys)
        told = lost or values is not None
        if paper is None and told and head.keys() <= {"notes", "in_charge", "currency"}:
            paper = self._current
        if lost or of_head:
            self._stop(row, self.kind, unread & of_line | of_head)
            return self._wait(row, paper, head, keys, whole=bool(of_head)), title
        if paper is None and not keys:
            self._problem(row, self._naming(), "import.no_title", {}, blocking=True)
            return Outcome.FAILED, ""
        if paper is None:
            self._own = self._create(row, head, keys, values)
            return Outcome.CREATED, title
        self._own = paper
        if isinstance(paper, NewPaper):
            title = title or title_of(paper.values)
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
        draft = begun(row, head)
        draft.lines += [] if line is None else [line]
        for key in keys:
            self._fresh.setdefault(key, draft)
        self._begin(row, draft)
        return draft

    def _begin(self, row: SheetRow, draft: NewPaper) -> None:
        draft.begun = True
        self._take(row, draft)
        self.drafts.created.append(draft)
        self.report.by_kind[PLURALS[self.kind]] += 1

    def _take(self, row: SheetRow, draft: NewPaper) -> None:
        draft.taken.append((len(self.report.per_row), row, self._told_keys))

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
            paper = begun(row, head)
            for key in keys:
                self._fresh.setdefault(key, paper)
        self._own = paper
        if isinstance(paper, NewPaper):
            paper.stopped |= whole or paper.values.get("state", DRAFT) != DRAFT
        return Outcome.FAILED

    def _take_back(self, draft: NewPaper) -> None:
        """None of the rows of a stopped paper is taken."""
        self.report.by_kind[PLURALS[self.kind]] -= 1
        for at, row, keys in draft.taken:
            self._count(keys, -1)
            self._become(at, Outcome.FAILED)
            args = {"number": title_of(draft.values)}
            self._problem(row, -1, "import.paper_waits", args, blocking=True)

    def _become(self, at: int, outcome: Outcome) -> None:
        """Another outcome of a row that was decided already."""
        one = self.report.per_row[at]
        self.report.outcomes[one.outcome] -= 1
        self.report.outcomes[outcome] += 1
        self.report.per_row[at] = replace(one, outcome=outcome)

    def _go_on(self, row: SheetRow, draft: NewPaper, head: Values, line: Values | None) -> Outcome:
        """A further row of a new paper: within one file the first row wins."""
        result = merge(draft.values, head, self._of_head, Existing.FILL)
        self._tell_kept(row, self.kind, result.kept, held=draft.values, told=head)
        draft.values.update(result.changes)
        if line is not None:
            draft.lines.append(line)
        if not draft.begun:
            self._begin(row, draft)
            return Outcome.CREATED
        self._take(row, draft)
        if line is not None:
            return Outcome.CREATED
        return Outcome.UPDATED if result.changes else Outcome.SAME

    def _of_head(self, key: str) -> Field:
        return self._field(self.kind, key)

    # Papers of the book

    def _existing(
        self, row: SheetRow, paper: HeldPaper, head: Values, line: Values | None
    ) -> Outcome:
        paper.first_row = paper.first_row or row.number
        if self._plan.existing is Existing.SKIP:
            return Outcome.SKIPPED
        changed = self._change_head(row, paper, head)
        if line is None:
            return Outcome.UPDATED if changed else Outcome.SAME
        was = Outcome.UPDATED if changed else Outcome.SAME
        found = paper.take(line, alike=True)
        if found is None:
            # A further row may be the very line of this name.
            self._waiting.append(
                WaitingLine(
                    len(self.report.per_row),
                    row,
                    paper,
                    line,
                    len(paper.told),
                    was,
                    self._told_keys,
                )
            )
            paper.told.append(line)
            return was
        paper.told.append(found["id"])
        return self._same_line(row, paper, line, found, was)

    def _settled(self, one: WaitingLine) -> Outcome:
        """A line wholly like none of its paper: another form of one of its name, or a new one."""
        paper, line = one.paper, one.line
        found = paper.take(line, alike=False)
        if found is not None:
            paper.told[one.place] = found["id"]
            return self._same_line(one.row, paper, line, found, one.was)
        if paper.state != DRAFT:
            self._problem(one.row, -1, self._locked, {"number": paper.number}, blocking=True)
            self._count(one.counted, -1)
            return Outcome.FAILED
        self.drafts.added[paper.id] = paper.told
        return Outcome.UPDATED

    def _same_line(
        self, row: SheetRow, paper: HeldPaper, line: Values, found: Values, was: Outcome
    ) -> Outcome:
        """A line of the book with what a row says of it."""
        told = {key: value for key, value in line.items() if self._told(key)}
        differing = {key: new for key, new in told.items() if new != found.get(key)}
        if not differing:
            return was
        if self._plan.existing is Existing.OVERWRITE and paper.state == DRAFT:
            self.drafts.changed.setdefault(paper.id, {})[found["id"]] = differing
            return Outcome.UPDATED
        kept = {f"{_LINE}{key}": (found.get(key), new) for key, new in differing.items()}
        self._tell_kept(row, self.kind, kept, held=paper.values, told={})
        return was

    def _change_head(self, row: SheetRow, paper: HeldPaper, head: Values) -> bool:
        if paper.has_lines:
            head.pop("total", None)  # it is worked out from them
        result = merge(paper.values, head, self._of_head, self._plan.existing, self._own_policies)
        self._tell_kept(row, self.kind, result.kept, held=paper.values, told=head)
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

    def _mend_head(self, row: SheetRow, head: Values) -> set[str]:
        """Take out of the head what a paper cannot hold; the fields it was."""
        dropped: set[str] = set()
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
                dropped |= head.keys() & set(keys)
                for key in keys:
                    head.pop(key, None)
        return dropped

    def _check_sums(self, draft: NewPaper) -> None:
        if not draft.lines:
            return
        try:
            total = sums_of(draft.lines, draft.values, self._trade).total
        except Refused as refused:
            index = self._index(self.kind, "discount_amount")
            args = dict(refused.args_for_words)
            self._problem(draft.row, index, refused.key, args, blocking=True)
            draft.stopped = True
            return
        told = draft.values.pop("total", None)
        if told is not None and abs(told - total) > _CENT:
            currency = draft.values.get("currency") or self._trade.currency
            args = _both(told, total, currency)
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

    def _keys_told(self, values: Values) -> tuple[str, ...]:
        """The places a row brings values to."""
        told = (key for key, value in values.items() if value is not None and value != ())
        return tuple(f"{self.kind.value}.{key}" for key in told)

    def _count(self, keys: Sequence[str], by: int) -> None:
        for key in keys:
            self.report.values[key] += by


def _both(told: Decimal, worked_out: Decimal, currency: str) -> dict[str, str]:
    """What the file says and what it comes to, with the sign of the currency."""
    return {"file": amount_text(told, currency), "worked_out": amount_text(worked_out, currency)}
