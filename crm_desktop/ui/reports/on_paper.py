"""The overview on paper: every figure, every chart with the numbers below it."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.page_paper import (
    PagePaper,
    PaperFigure,
    PaperFigures,
    PaperPart,
    PaperPicture,
    PaperTable,
)
from crm_desktop.ui.reports.blocks import Block


def report_paper(
    title: str, subtitle: str, figures: Sequence[PaperFigure], blocks: Sequence[Block]
) -> PagePaper:
    """What is shown now; a block without numbers is left out."""
    parts: list[PaperPart] = [PaperFigures(tuple(figures))]
    for block in blocks:
        heads, lines = block.table.heads(), block.table.lines()
        if not block.has_numbers or not heads:
            continue
        parts.append(PaperPicture(block.title(), block.chart.png()))
        numeric = (False, *(True for _ in heads[1:]))
        parts.append(PaperTable("", tuple(heads), numeric, [line.cells for line in lines]))
    return PagePaper(title, subtitle, tuple(parts))
