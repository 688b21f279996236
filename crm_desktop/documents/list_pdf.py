"""Any list of the program on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.documents.labels import Labels
from crm_desktop.documents.layout import style
from crm_desktop.documents.layout.blocks import Block, Gap, P
from crm_desktop.documents.layout.listing import listing
from crm_desktop.documents.layout.sheet import Running, build
from crm_desktop.documents.paper import Language
from crm_desktop.progress import NO_PROGRESS, Progress


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A list to print: headings, which columns hold numbers, and a text for every cell."""

    title: str
    subtitle: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: Sequence[tuple[str, ...]]
    language: Language = "zh"
    firm: str = ""
    note: str = ""  # which rows these are, where they are not all


def list_pdf(paper: ListPaper, *, progress: Progress = NO_PROGRESS) -> bytes:
    """The bytes of the list; the heading comes again on every page, every row stays whole."""
    running = Running(
        title=paper.title,
        author=paper.firm,
        head_left=paper.title,
        head_right=paper.firm,
        foot="  ·  ".join(text for text in (paper.firm, paper.subtitle) if text),
        page_words=Labels(paper.language).page,
    )
    blocks: list[Block] = [P(paper.title, style.TITLE), P(paper.subtitle, style.SUBTITLE)]
    if paper.note:
        blocks += [Gap(4), P(paper.note, style.DETAIL)]
    blocks.append(Gap(14))
    if paper.headings:
        blocks.append(listing(paper.headings, paper.numeric, paper.rows))
    return build(blocks, running, progress=progress)
