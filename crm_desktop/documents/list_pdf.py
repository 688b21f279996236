"""Any list of the program on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.documents import fonts
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
        columns = [
            Column((heading,), align="right" if number else "left", least=wide, most=wide)
            for heading, number, wide in zip(
                paper.headings, paper.numeric, _widths(paper), strict=True
            )
        ]
        blocks.append(Table(columns, [Row(row) for row in paper.rows]))
    return build(blocks, running, progress=progress)


def _widths(paper: ListPaper) -> list[float]:
    """What each column gets: narrow ones what they need, wide ones equal parts of the rest."""
    needs = [
        max(
            fonts.width(heading, style.LABEL.size, bold=True),
            *(fonts.width(line, style.CELL.size) for line in _lines(paper, at)),
        )
        + 0.5
        for at, heading in enumerate(paper.headings)
    ]
    count = len(needs)
    room = style.CONTENT_WIDTH - 2 * style.TABLE_EDGE - _BETWEEN * (count - 1)
    widths = [0.0] * count
    for done, at in enumerate(sorted(range(count), key=needs.__getitem__)):
        widths[at] = min(needs[at], room / (count - done))
        room -= widths[at]
    return [wide + room / count for wide in widths]


def _lines(paper: ListPaper, column: int) -> set[str]:
    return {line for row in paper.rows for line in row[column].split("\n")} | {""}
