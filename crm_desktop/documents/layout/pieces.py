"""Pieces that business documents share: letterhead, facts, parties, lines and sums."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.documents import amounts
from crm_desktop.documents.fonts import width
from crm_desktop.documents.labels import Labels
from crm_desktop.documents.layout import style
from crm_desktop.documents.layout.blocks import (
    Block,
    Columns,
    Gap,
    Hanging,
    Image,
    P,
    Panel,
    Rule,
    Stack,
)
from crm_desktop.documents.layout.pen import Picture
from crm_desktop.documents.layout.table import Column, Row, Table
from crm_desktop.documents.paper import PaperLine, PaperTotals, Party

_PARTY_FACTS = (
    "address",
    "representative",
    "contact",
    "phone",
    "email",
    "website",
    "tax_number",
    "bank",
    "account",
)


def letterhead(own: Party, logo: bytes, title: Sequence[str], subject: str) -> Block:
    """Our firm on the left, what this paper is on the right."""
    left: list[Block] = []
    if logo:
        left += [Image(Picture(logo), 170, 40), Gap(8)]
    left.append(P(own.name, style.COMPANY if not logo else style.BODY_BOLD))
    if own.second_name:
        left.append(P(own.second_name, style.DETAIL))
    reach = "   ".join(text for text in (own.phone, own.email, own.website) if text)
    left += [P(text, style.SMALL) for text in (own.address, reach) if text]
    right: list[Block] = [P(title[0], style.TITLE.right())]
    right += [P(text, style.SUBTITLE.right()) for text in title[1:]]
    if subject:
        right.append(P(subject, style.BODY.right()))
    return Columns([Stack(left), Stack(right)], (1.15, 1))


def facts(pairs: Sequence[tuple[Sequence[str], str]]) -> Block:
    """Labels with their values, side by side on a tinted field."""
    return Panel(
        Columns(
            [
                Stack([P(" ".join(label), style.LABEL), P(value, style.BODY_BOLD)])
                for label, value in pairs
            ],
            gap=12,
        ),
        across=style.TABLE_EDGE,
        down=7,
    )


def party(labels: Labels, role: str, who: Party, known: Sequence[str] = _PARTY_FACTS) -> Block:
    """One side of the paper: its role, its name, and each fact we know."""
    blocks: list[Block] = [P(labels.text(role), style.HEADING), Gap(2)]
    blocks += [*_names(who), Gap(2)]
    facts = [(labels.text(fact), getattr(who, fact)) for fact in known if getattr(who, fact)]
    indent = max((width(label, style.FACT.size) for label, _ in facts), default=0) + 10
    for label, value in facts:
        blocks.append(Hanging(label, P(value, style.FACT_VALUE), indent, style.FACT))
    return Stack(blocks)


def _names(who: Party) -> list[Block]:
    second: list[Block] = [P(who.second_name, style.DETAIL)] if who.second_name else []
    return [P(who.name, style.CELL_BOLD), *second]


def section(heading: str, text: str) -> list[Block]:
    """A heading and the paragraphs below it; nothing where there is no text."""
    paragraphs = [line for line in text.strip().splitlines() if line.strip()]
    if not paragraphs:
        return []
    blocks = [P(line.strip(), style.BODY) for line in paragraphs]
    first = Stack([Gap(14), P(heading, style.HEADING), Gap(2), blocks[0]], keep=True)
    return [first, *blocks[1:]]


def lines_table(
    labels: Labels, lines: Sequence[PaperLine], totals: PaperTotals | None, currency: str
) -> Table:
    """The table of lines and the sums after it; columns that no line uses are left out."""
    tax_included = totals is not None and totals.tax_included
    discounts = any(line.discount_percent or line.discount_amount for line in lines)
    taxes = any(line.tax_rate is not None for line in lines)
    units = any(line.unit for line in lines)
    columns = [
        Column(labels.pair("line_number"), least=14),
        Column(labels.pair("description"), flexible=True, least=110),
        Column(labels.pair("quantity"), align="right", least=30),
    ]
    if units:
        columns.append(Column(labels.pair("unit"), most=54))
    price = "price_with_tax" if tax_included else "price"
    columns.append(Column(labels.pair(price), align="right", least=52))
    if discounts:
        columns.append(Column(labels.pair("discount"), align="right"))
    if taxes:
        columns.append(Column(labels.pair("tax"), align="right"))
    columns.append(Column(labels.pair("amount"), align="right", least=60))
    rows = []
    for number, line in enumerate(lines, start=1):
        cells = [str(number), line.description, amounts.quantity(line.quantity)]
        if units:
            cells.append(line.unit)
        cells.append(amounts.money(line.price, currency))
        if discounts:
            cells.append(_discount(line, currency))
        if taxes:
            cells.append("" if line.tax_rate is None else amounts.percent(line.tax_rate))
        cells.append(amounts.money(line.amount, currency))
        detail = "\n".join(text for text in (line.code, line.detail.strip()) if text)
        rows.append(Row(tuple(cells), detail))
    return Table(columns, rows, sums(labels, totals, currency) if totals else None)


def _discount(line: PaperLine, currency: str) -> str:
    if line.discount_percent:
        return amounts.percent(line.discount_percent)
    return amounts.money(line.discount_amount, currency) if line.discount_amount else ""


def sums(labels: Labels, totals: PaperTotals, currency: str) -> Block:
    """The sums on the right, then the total in words; they stay together."""
    rows: list[tuple[str, str]] = []
    if totals.discount or (totals.taxes and not totals.tax_included):
        rows.append((labels.text("subtotal"), amounts.money(totals.subtotal, currency)))
    if totals.discount:
        label = labels.text("total_discount")
        if totals.discount_percent:
            label = f"{label} {amounts.percent(totals.discount_percent)}"
        rows.append((label, amounts.money(-abs(totals.discount), currency)))
    if not totals.tax_included:
        rows += _taxes(labels, totals, currency, "tax_sum")
    blocks: list[Block] = [Gap(8)]
    for label, value in rows:
        blocks.append(_sum_row(P(label, style.SUM_LABEL), P(value, style.CELL.right())))
    total = amounts.with_sign(totals.total, currency)
    blocks += [
        Gap(3),
        _half(Rule(style.ACCENT, 1.0, 2)),
        Gap(3),
        _sum_row(P(labels.text("total"), style.TOTAL_LABEL), P(total, style.TOTAL.right())),
    ]
    if totals.tax_included:
        for label, value in _taxes(labels, totals, currency, "tax_within"):
            blocks.append(_sum_row(P(label, style.SMALL), P(value, style.SMALL.right())))
    blocks += _in_words(labels, totals, currency)
    blocks += [Gap(5), *(P(text, style.SMALL) for text in labels.pair("rounding"))]
    return Stack(blocks, keep=True)


def _taxes(labels: Labels, totals: PaperTotals, currency: str, key: str) -> list[tuple[str, str]]:
    return [
        (f"{labels.text(key)} {amounts.percent(tax.rate)}", amounts.money(tax.amount, currency))
        for tax in totals.taxes
    ]


def _half(block: Block) -> Block:
    return Columns([Gap(0), block], (1, 1), gap=0)


def _sum_row(label: Block, value: Block) -> Block:
    return Panel(
        _half(Columns([label, value], (1, 1.15), gap=8)),
        across=style.TABLE_EDGE,
        down=1.5,
        colour=None,
    )


def _in_words(labels: Labels, totals: PaperTotals, currency: str) -> list[Block]:
    spelled: list[tuple[str, str]] = []
    if totals.capitals:
        spelled.append((labels.text("capitals"), totals.capitals))
    if labels.english:
        english = amounts.english_words(totals.total, currency)
        spelled.append((labels.text("in_words"), english))
    if not spelled:
        return []
    indent = max(width(label, style.SUM_LABEL.size) for label, _ in spelled) + 16
    blocks = [
        Hanging(label, P(text, style.CELL_BOLD), indent, style.SUM_LABEL) for label, text in spelled
    ]
    return [Gap(10), Panel(Stack(blocks), across=style.TABLE_EDGE, down=7)]


def signatures(labels: Labels, first: Party, second: Party) -> Block:
    """Room for both sides to sign and seal, on one page."""

    def side(role: str, who: Party) -> Block:
        blocks: list[Block] = [
            P(labels.text(role), style.HEADING),
            *_names(who),
            Gap(8),
            P(labels.colon("signature"), style.DETAIL),
            Gap(46),
            Rule(style.SOFT, 0.6, 2),
            Gap(5),
        ]
        if who.representative:
            blocks.append(P(labels.colon("representative") + who.representative, style.DETAIL))
        blocks.append(P(labels.colon("sign_date"), style.DETAIL))
        return Stack(blocks)

    return Stack(
        [Gap(26), Columns([side("first_party", first), side("second_party", second)], gap=44)],
        keep=True,
    )
