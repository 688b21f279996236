"""The contract as a PDF."""

from __future__ import annotations

import re

from crm_desktop.documents.labels import Labels
from crm_desktop.documents.layout import pieces, style
from crm_desktop.documents.layout.blocks import (
    Block,
    Columns,
    Gap,
    Hanging,
    Image,
    Joined,
    P,
    Rule,
    Stack,
)
from crm_desktop.documents.layout.pen import Picture
from crm_desktop.documents.layout.sheet import Running, build
from crm_desktop.documents.paper import ContractPaper
from crm_desktop.documents.placeholders import LINES, require_filled
from crm_desktop.progress import NO_PROGRESS, Progress

_MARK = re.compile(
    r"(\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.、)]|[(（][\d一二三四五六七八九十]{1,3}[)）])\s*(?=\S)"
)
_INDENT = 30.0


def contract_pdf(paper: ContractPaper, *, progress: Progress = NO_PROGRESS) -> bytes:
    """The bytes of the contract; the same paper gives the same bytes.

    Refused("paper.unfilled") while the text still has a {{placeholder}}.
    """
    require_filled(paper.body)
    labels = Labels(paper.language)
    title = paper.title or labels.text("contract")
    names = "  ·  ".join(name for name in (paper.first.name, paper.second.name) if name)
    running = Running(
        title=f"{title} {paper.number}",
        author=paper.second.name,
        head_left=title,
        head_right=paper.number,
        foot=names,
        page_words=labels.page,
        watermark=labels.text("draft") if paper.draft else "",
    )
    return build(_blocks(paper, labels, title), running, progress=progress)


def _blocks(paper: ContractPaper, labels: Labels, title: str) -> list[Block]:
    blocks: list[Block] = []
    if paper.logo:
        blocks += [Image(Picture(paper.logo), 170, 36), Gap(10)]
    blocks += [P(title, style.TITLE.centre()), Gap(12), _facts(paper, labels), Gap(16)]
    blocks += [
        Columns(
            [
                pieces.party(labels, "first_party", paper.first),
                pieces.party(labels, "second_party", paper.second),
            ],
            gap=36,
        ),
        Gap(14),
        Rule(style.HAIRLINE, 0.6, 2),
        Gap(8),
    ]
    before, marked, after = _around_lines(paper.body)
    blocks += body_blocks(before)
    if paper.lines:
        if not marked:
            blocks += [Gap(10), P(labels.text("contract_lines"), style.HEADING)]
        table = pieces.lines_table(labels, paper.lines, paper.totals, paper.currency)
        blocks += [Gap(8), table, Gap(12)]
    blocks += body_blocks(after)
    blocks += pieces.section(labels.text("notes"), paper.notes)
    return _signed(blocks, pieces.signatures(labels, paper.first, paper.second))


def _signed(blocks: list[Block], signatures: Block) -> list[Block]:
    """Signatures never stand on a page alone: the end of what is signed goes with them."""
    last = max(n for n, block in enumerate(blocks) if not isinstance(block, Gap))
    signed = Joined(blocks[last], Stack([*blocks[last + 1 :], signatures], keep=True))
    return [*blocks[:last], signed]


def _facts(paper: ContractPaper, labels: Labels) -> Block:
    facts = [
        (labels.pair("number"), paper.number),
        (labels.pair("signed_dated"), str(paper.dated)),
    ]
    term = ""
    if paper.start and paper.end:
        term = labels.first("until", start=paper.start, end=paper.end)
    elif paper.start:
        term = labels.first("from", start=paper.start)
    elif paper.end:
        term = labels.first("to", end=paper.end)
    if term:
        facts.append((labels.pair("term"), term))
    if paper.revision > 1:
        facts.append((labels.pair("revision"), str(paper.revision)))
    return pieces.facts(facts)


def _around_lines(body: str) -> tuple[str, bool, str]:
    before, mark, after = body.partition(LINES)
    return before, bool(mark), after.replace(LINES, "")


def body_blocks(body: str) -> list[Block]:
    """Paragraphs of a contract: headings, numbered clauses, plain text."""
    blocks: list[Block] = []
    heading: list[Block] = []
    for raw in body.splitlines():
        line = raw.strip()
        if not line:
            continue
        if line.startswith("# "):
            blocks += heading
            heading = [Gap(8), P(line[2:].strip(), style.CLAUSE_HEADING), Gap(1)]
            continue
        paragraph = _paragraph(line)
        # A heading never stands alone at the foot of a page.
        blocks.append(Stack([*heading, paragraph], keep=True) if heading else paragraph)
        blocks.append(Gap(2))
        heading = []
    return blocks + heading


def _paragraph(line: str) -> Block:
    found = _MARK.match(line)
    if found is None:
        return P(line, style.CLAUSE)
    text = P(line[found.end() :], style.CLAUSE)
    return Hanging(found.group(1), text, _INDENT, style.CLAUSE)
