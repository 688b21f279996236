"""Any list of the program on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.documents.labels import Labels
from crm_desktop.documents.layout import style
from crm_desktop.documents.layout.blocks import Block, Gap, P
from crm_desktop.documents.layout.sheet import Running, build
from crm_desktop.documents.layout.table import Column, Row, Table
from crm_desktop.documents.paper import Language
from crm_desktop.progress import NO_PROGRESS, Progress

_BETWEEN = 12.0  # as wide as the table keeps its columns apart


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
    blocks: list[Block] = [P(paper.title, style.TITLE), P(paper.subtitle, style.SUBTITLE), Gap(14)]
    count = len(paper.headings)
    if count:
        fair = (style.CONTENT_WIDTH - 2 * style.TABLE_EDGE - _BETWEEN * (count - 1)) / count
        first_text = next((n for n, number in enumerate(paper.numeric) if not number), 0)
        columns = [
            Column(
                (heading,),
                align="right" if number else "left",
                flexible=at == first_text,
                least=fair if at == first_text else 0.0,
                most=fair,
            )
            for at, (heading, number) in enumerate(zip(paper.headings, paper.numeric, strict=True))
        ]
        blocks.append(Table(columns, [Row(row) for row in paper.rows]))
    return build(blocks, running, progress=progress)
