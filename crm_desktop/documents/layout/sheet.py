"""A document on A4: lays blocks on pages, then draws them with header, footer and page numbers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from crm_desktop.documents import fonts
from crm_desktop.documents.layout import style
from crm_desktop.documents.layout.blocks import Block, Gap
from crm_desktop.documents.layout.pen import Pen
from crm_desktop.progress import NO_PROGRESS, Progress


@dataclass(frozen=True, slots=True)
class Running:
    """What stands on every page: above from the second page on, and at the foot."""

    title: str
    author: str
    head_left: str
    head_right: str
    foot: str
    page_words: Callable[[int, int], str]
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    block: Block
    top: float


def build(blocks: Sequence[Block], running: Running, *, progress: Progress = NO_PROGRESS) -> bytes:
    """The finished file. The same blocks give the same bytes."""
    pages = _paginate(blocks)
    pen = Pen(fonts.printable(running.title), fonts.printable(running.author))
    for number, page in enumerate(pages, start=1):
        progress.step(number - 1, len(pages))
        if running.watermark:
            pen.watermark(running.watermark)
        for placed in page:
            placed.block.draw(pen, style.MARGIN, placed.top, style.CONTENT_WIDTH)
        _draw_running(pen, running, number, len(pages))
        pen.next_page()
    progress.step(len(pages), len(pages))
    return pen.finish()


def _paginate(blocks: Sequence[Block]) -> list[list[_Placed]]:
    width = style.CONTENT_WIDTH
    end = style.PAGE_HEIGHT - style.BOTTOM
    pages: list[list[_Placed]] = [[]]
    top = style.TOP_FIRST
    waiting = deque(blocks)
    while waiting:
        block = waiting.popleft()
        fresh = not pages[-1]
        if fresh and isinstance(block, Gap):
            continue
        high = block.height(width)
        if top + high <= end:
            pages[-1].append(_Placed(block, top))
            top += high
            continue
        first, rest = block.split(width, end - top, fresh)
        if first is None and fresh:
            # Not even an empty page holds it and it cannot be divided: print what there is.
            first, rest = block, None
        if first is not None:
            pages[-1].append(_Placed(first, top))
        if rest is not None:
            waiting.appendleft(rest)
        if waiting:
            pages.append([])
            top = style.TOP_NEXT
    if len(pages) > 1 and not pages[-1]:
        pages.pop()
    return pages


def _draw_running(pen: Pen, running: Running, number: int, count: int) -> None:
    left, wide = style.MARGIN, style.CONTENT_WIDTH
    small, right = style.SMALL, style.SMALL.right()
    if running.watermark:
        # The large mark lies aslant, where a search or a reader of the text misses it.
        pen.text(left + wide / 2, 20, running.watermark, style.LABEL.centre())
    if number > 1:
        pen.text(left, 38, _short(running.head_left, wide * 0.6), small)
        pen.text(left + wide, 38, _short(running.head_right, wide * 0.36), right)
        pen.rule(left, 54, wide, style.HAIRLINE)
    foot = style.PAGE_HEIGHT - 46
    pen.rule(left, foot, wide, style.HAIRLINE)
    pen.text(left, foot + 7, _short(running.foot, wide * 0.66), small)
    pen.text(left + wide, foot + 7, running.page_words(number, count), right)


def _short(text: str, width: float) -> str:
    """The text on one line, cut with an ellipsis where it is too long."""
    text = fonts.printable(text).replace("\n", " ")
    size = style.SMALL.size
    if fonts.width(text, size) <= width:
        return text
    room = width - fonts.width("…", size)
    fitting = accumulate(fonts.width(char, size) for char in text)
    return text[: sum(1 for used in takewhile(lambda used: used <= room, fitting))].rstrip() + "…"
