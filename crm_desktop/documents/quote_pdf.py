"""The quote as a PDF."""

from __future__ import annotations

from crm_desktop.documents.labels import Labels
from crm_desktop.documents.layout import pieces, style
from crm_desktop.documents.layout.blocks import Block, Columns, Gap, Rule
from crm_desktop.documents.layout.sheet import Running, build
from crm_desktop.documents.paper import QuotePaper
from crm_desktop.progress import NO_PROGRESS, Progress


def quote_pdf(paper: QuotePaper, *, progress: Progress = NO_PROGRESS) -> bytes:
    """The bytes of the quote; the same paper gives the same bytes."""
    labels = Labels(paper.language)
    title = labels.text("quote")
    running = Running(
        title=f"{title} {paper.number}",
        author=paper.seller.name,
        head_left=f"{title}  {paper.number}",
        head_right=paper.seller.name,
        foot="  ·  ".join(text for text in (paper.seller.name, paper.number) if text),
        page_words=labels.page,
        watermark=labels.text("draft") if paper.draft else "",
    )
    return build(_blocks(paper, labels), running, progress=progress)


def _blocks(paper: QuotePaper, labels: Labels) -> list[Block]:
    facts = [(labels.pair("number"), paper.number), (labels.pair("dated"), str(paper.dated))]
    if paper.valid_until is not None:
        facts.append((labels.pair("valid_until"), str(paper.valid_until)))
    if paper.revision > 1:
        facts.append((labels.pair("revision"), str(paper.revision)))
    facts.append((labels.pair("currency"), paper.currency))
    customer = ("address", "contact", "phone", "email", "tax_number")
    seller = ("contact", "phone", "email", "tax_number", "bank", "account")
    return [
        pieces.letterhead(paper.seller, paper.logo, labels.pair("quote"), paper.title),
        Gap(10),
        Rule(style.ACCENT, 1.4, 2),
        Gap(10),
        pieces.facts(facts),
        Gap(16),
        Columns(
            [
                pieces.party(labels, "customer", paper.customer, customer),
                pieces.party(labels, "seller", paper.seller, seller),
            ],
            gap=36,
        ),
        Gap(18),
        pieces.lines_table(labels, paper.lines, paper.totals, paper.currency),
        *pieces.section(labels.text("terms"), paper.terms),
        *pieces.section(labels.text("notes"), paper.notes),
    ]
