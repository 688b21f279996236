"""What the {{marks}} of a workbook mean for a quote or a contract, in both languages."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from crm_desktop.documents.amounts import english_words
from crm_desktop.documents.paper import (
    PARTY_PARTS,
    ContractPaper,
    PaperLine,
    PaperTotals,
    Party,
    QuotePaper,
)
from crm_desktop.documents.snapshots import Paper
from crm_desktop.domain.kinds import Kind
from crm_desktop.exchange.filling import LINE, LOGO, Filling, Value
from crm_desktop.words import LANGUAGES, Words

_OF_BOTH = ("number", "title", "dated", "revision", "currency", "notes")
_OF_QUOTES = ("valid_until", "terms")
_OF_CONTRACTS = ("start", "end")
_SUMS = ("subtotal", "discount", "tax", "total", "total_capitals", "total_words")
_COLUMNS = (
    "position",
    "code",
    "name",
    "description",
    "quantity",
    "unit",
    "price",
    "discount_percent",
    "discount_amount",
    "tax_rate",
    "amount",
)
_SIDES = ("seller", "customer")


def filling_of(paper: Paper) -> Filling:
    """The values of a document, typed: amounts as numbers, days as days."""
    quote = isinstance(paper, QuotePaper)
    seller, customer = (
        (paper.seller, paper.customer) if isinstance(paper, QuotePaper)
        else (paper.second, paper.first)
    )  # fmt: skip
    values: dict[str, Value] = {
        name: getattr(paper, name)
        for name in (*_OF_BOTH, *(_OF_QUOTES if quote else _OF_CONTRACTS))
    }
    values |= _sums(paper.totals, paper.currency)
    for side, party in zip(_SIDES, (seller, customer), strict=True):
        values |= party_values(side, party)
    lines = [_line(number, line) for number, line in enumerate(paper.lines, 1)]
    return Filling(values, lines, paper.logo, _other_names())


def party_values(side: str, party: Party) -> dict[str, Value]:
    """What is said of one side, "seller" or "customer"."""
    return {f"{side}_{part}": getattr(party, part) for part in PARTY_PARTS}


def sample_of(kind: Kind) -> Filling:
    """A document that has every value, to try a template with."""
    line = PaperLine("…", Decimal(1), Decimal(1), Decimal(1))
    totals = PaperTotals(Decimal(1), Decimal(1))
    nobody, day = Party(""), date(2000, 1, 1)
    paper: Paper = (
        QuotePaper("", day, nobody, nobody, (line,), totals)
        if kind is Kind.QUOTE
        else ContractPaper("", day, nobody, nobody, "", lines=(line,), totals=totals)
    )
    return filling_of(paper)


def names_of(kind: Kind, words: Words) -> list[tuple[str, str]]:
    """Every mark as it is written in this language, with what it gives; the lines' come last."""
    sample = sample_of(kind)
    names = [*sample.values, LOGO, *(f"{LINE}{name}" for name in _COLUMNS)]
    return [(f"{{{{{word_of(name, words)}}}}}", name) for name in names]


def spelled(value: Value) -> str:
    """A value within a text: amounts grouped by thousands, days as year-month-day."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        # As exact as the value is: an amount has its cents, a quantity what was typed.
        whole, _, part = f"{value:,f}".partition(".")
        if len(part) != 2:
            part = part.rstrip("0")
        return f"{whole}.{part}" if part else whole
    return value.isoformat() if isinstance(value, date) else str(value)


def _sums(totals: PaperTotals | None, currency: str) -> dict[str, Value]:
    if totals is None:
        return dict.fromkeys(_SUMS)
    return {
        "subtotal": totals.subtotal,
        "discount": totals.discount,
        "tax": sum((part.amount for part in totals.taxes), Decimal(0)),
        "total": totals.total,
        "total_capitals": totals.capitals,
        "total_words": english_words(totals.total, currency),
    }


def _line(number: int, line: PaperLine) -> Mapping[str, Value]:
    return {
        "position": number,
        "code": line.code,
        "name": line.description,
        "description": line.detail,
        "quantity": line.quantity,
        "unit": line.unit,
        "price": line.price,
        "discount_percent": line.discount_percent,
        "discount_amount": line.discount_amount,
        "tax_rate": line.tax_rate,
        "amount": line.amount,
    }


def word_of(name: str, words: Words) -> str:
    """A mark as it is written in a language, without the brackets."""
    if name.startswith(LINE):
        column = words.text(f"filling.column.{name.removeprefix(LINE)}")
        return words.text("filling.line", name=column)
    side, _, part = name.partition("_")
    if side in _SIDES:
        return words.text(f"filling.{side}", name=words.text(f"filling.part.{part}"))
    return words.text(f"filling.value.{name}")


@functools.cache
def _other_names() -> Mapping[str, str]:
    """The words of every language → the name."""
    names = {*_OF_BOTH, *_OF_QUOTES, *_OF_CONTRACTS, *_SUMS, LOGO}
    names |= {f"{side}_{part}" for side in _SIDES for part in PARTY_PARTS}
    names |= {f"{LINE}{name}" for name in _COLUMNS}
    return {
        word_of(name, Words(language)).lower(): name for language in LANGUAGES for name in names
    }
