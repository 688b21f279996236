"""What the {{marks}} of a workbook mean for a list, and for the statement of a customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from crm_desktop.data.book import Book
from crm_desktop.documents.paper import PARTY_PARTS
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.contracts import SIGNED_STATES
from crm_desktop.domain.kinds import OWNERS, PLURALS, Kind, Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import EVERYTHING, Condition, Op, Query
from crm_desktop.domain.template_sorts import LISTS, STATEMENT
from crm_desktop.exchange.filling import LINE, LOGO, Filling, Value
from crm_desktop.services.business import Business
from crm_desktop.services.exports import Exports, header
from crm_desktop.services.paper_marks import party_values, spelled, word_of
from crm_desktop.services.papers import Papers
from crm_desktop.services.records import Records
from crm_desktop.words import LANGUAGES, Words

MOST_ROWS = 5_000
"""Each row is made with all its looks, a thousand in a second; plain lists go out as exports."""

_OF_LISTS = ("title", "count", "today")
_SUMS = ("contracts", "quotes", "receipts", "owed")
_OF_STATEMENTS = ("title", "count", "today", *_SUMS)
_STATED = ("kind", "number", "title", "dated", "state", "currency", "total", "received")
_POSITION = "position"


class ListMarks:
    """Fills, samples and names the marks; values are those an export of the list would hold."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        *,
        records: Records,
        exports: Exports,
        papers: Papers,
        business: Business,
    ) -> None:
        self._book = book
        self._clock = clock
        self._records = records
        self._exports = exports
        self._papers = papers
        self._business = business

    def of_list(
        self,
        kind: Kind,
        words: Words,
        *,
        query: Query = EVERYTHING,
        ids: Sequence[int] | None = None,
        title: str = "",
    ) -> Filling:
        """A list as it is filtered and ordered; of what hangs on records `query` says on which.

        Refused where it is too long for a template.
        """
        wanted = self._ids(kind, query) if ids is None else ids
        if len(wanted) > MOST_ROWS:
            raise Refused("filling.too_many", count=len(wanted), most=MOST_ROWS)
        rows = [
            {_POSITION: number, **_written(row, words)}
            for number, row in enumerate(self._exports.values(kind, words, ids=wanted), 1)
        ]
        values: dict[str, Value] = {
            "title": title or words.text(f"kind.{kind.value}.plural"),
            "count": len(rows),
            "today": self._clock.today(),
            **party_values("seller", self._papers.seller(words.language)),
        }
        return Filling(values, rows, self._business.logo(), self._other_names(PLURALS[kind]))

    def _ids(self, kind: Kind, query: Query) -> Sequence[int]:
        hangs = kind in OWNERS
        return self._exports.hanging_ids(kind, query) if hangs else self._records.ids(kind, query)

    def of_statement(self, company: int, words: Words) -> Filling:
        """Contracts, quotes and payments of a company, by day; the sums count what is agreed,
        offered, received and owed. What came in stands in a column of its own."""
        lines: list[dict[str, Value]] = []
        sums: dict[str, Value] = {}
        for name, kind, states in (
            ("contracts", Kind.CONTRACT, SIGNED_STATES),
            ("quotes", Kind.QUOTE, ("sent",)),
        ):
            rows = self._rows(kind, company, words)
            counted = {words.text(f"state.{kind.value}.{state}") for state in states}
            agreed = [row for row in rows if row["state"] in counted]
            sums[name] = _sum(agreed, "total")
            if kind is Kind.CONTRACT:
                sums["owed"] = _sum(agreed, "owed")
            called = {"kind": words.text(f"kind.{kind.value}"), "received": None}
            lines += [{key: row.get(key) for key in _STATED} | called for row in rows]
        payments = self._rows(Kind.RECEIPT, company, words)
        sums["receipts"] = _sum(payments, "amount")
        for row in payments:
            told = {key: row.get(key) for key in _STATED}
            told |= {"kind": words.text("kind.receipt"), "title": row["reference"]}
            lines.append(told | {"received": row["amount"]})
        lines.sort(
            key=lambda line: (line["dated"] is None, str(line["dated"]), str(line["number"]))
        )
        ref = Ref(Kind.COMPANY, company)
        with self._book.read() as session:
            customer = self._papers.customer(session, {"company": ref, "person": None})
        values: dict[str, Value] = {
            "title": words.text("filling.statement"),
            "count": len(lines),
            "today": self._clock.today(),
            **sums,
            **party_values("seller", self._papers.seller(words.language)),
            **party_values("customer", customer),
        }
        numbered = [{_POSITION: number, **line} for number, line in enumerate(lines, 1)]
        return Filling(values, numbered, self._business.logo(), self._other_names(STATEMENT))

    def _rows(self, kind: Kind, company: int, words: Words) -> list[Mapping[str, Any]]:
        """The records of a kind that are about a company."""
        ids = self._records.ids(kind, Query().also(Condition("company", Op.IS, company)))
        return list(self._exports.values(kind, words, ids=ids))

    def sample(self, sort: str) -> Filling:
        """One that has every value, to try a template with."""
        names = [name for name, _ in self._names(sort, Words(LANGUAGES[0]))]
        line = {name.removeprefix(LINE): "…" for name in names if name.startswith(LINE)}
        values = {name: "…" for name in names if not name.startswith(LINE)}
        return Filling(values, [line], b"", self._other_names(sort))

    def names(self, sort: str, words: Words) -> list[tuple[str, str]]:
        """Every mark as it is written in this language, with what it gives."""
        return [(f"{{{{{written}}}}}", name) for name, written in self._names(sort, words)]

    def _names(self, sort: str, words: Words) -> Iterator[tuple[str, str]]:
        """Name → as it is written; the lines' come last."""
        statement = sort == STATEMENT
        sides = ("seller", "customer") if statement else ("seller",)
        values = [*(_OF_STATEMENTS if statement else _OF_LISTS)]
        values += [f"{side}_{part}" for side in sides for part in PARTY_PARTS]
        for name in (*values, LOGO, f"{LINE}{_POSITION}"):
            yield name, word_of(name, words)
        if statement:
            for key in _STATED:
                yield f"{LINE}{key}", word_of(f"{LINE}{key}", words)
            return
        kind = LISTS[sort]
        for field in self._records.fields(kind):
            called = header(kind, field, words)
            if set("{}") & set(called):  # no mark could be closed any more
                called = field.key
            written = words.text("filling.line", name=called)
            yield f"{LINE}{field.key}", written

    def _other_names(self, sort: str) -> Mapping[str, str]:
        """The words of every language → the name; of two fields called alike the first counts."""
        found: dict[str, str] = {}
        for language in LANGUAGES:
            words = Words(language)
            for name, written in self._names(sort, words):
                found.setdefault(written.lower(), name)
                found.setdefault(name.lower(), name)
                if name.startswith(LINE):
                    key = name.removeprefix(LINE)
                    found.setdefault(words.text("filling.line", name=key).lower(), name)
        return found


def _written(row: Mapping[str, Any], words: Words) -> dict[str, Value]:
    """Values as a cell takes them: yes and no in words."""
    return {
        key: words.text("export.yes" if value else "export.no")
        if isinstance(value, bool)
        else value
        for key, value in row.items()
    }


def _sum(rows: Sequence[Mapping[str, Any]], key: str) -> Value:
    """The sum of the amounts; of several currencies each in words."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        currency = str(row["currency"] or "")
        sums[currency] = sums.get(currency, Decimal(0)) + (row[key] or Decimal(0))
    if len(sums) < 2:
        return next(iter(sums.values()), Decimal(0))
    return " + ".join(f"{currency} {spelled(amount)}" for currency, amount in sorted(sums.items()))
