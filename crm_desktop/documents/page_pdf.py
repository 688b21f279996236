"""Any page of the window on A4: figures, facts, entries, tables and charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm_desktop.documents.fonts import widest
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
from crm_desktop.documents.layout.listing import listing
from crm_desktop.documents.layout.pen import Pen, Picture
from crm_desktop.documents.layout.sheet import Running, build
from crm_desktop.documents.layout.shrinking import Shrunk
from crm_desktop.documents.paper import Language
from crm_desktop.domain.page_paper import (
    PagePaper,
    PaperEntries,
    PaperFacts,
    PaperFigures,
    PaperPart,
    PaperPicture,
    PaperTable,
)
from crm_desktop.domain.problems import Refused
from crm_desktop.progress import NO_PROGRESS, Progress

_SIDE_BY_SIDE = 5  # figures in one row
_SHARES = (1.0, 1.35)
_GAP = 26.0
_LARGEST_CHART = 2400  # pixels: about 340 per inch over the width of the page
_CHART_HIGH = 250.0
_PORTRAIT = 56.0
_LARGEST_PORTRAIT = 300  # pixels: about 380 per inch
_BESIDE = 12.0
_INSIDE = 10.0  # from the edge of the panel to its figures
_FEWEST = 3  # entries that stay however full the page is
_SCALES = (1.0, 0.93, 0.86, 0.8)  # the last: 6.8 points, as small print goes
_WHEN = 56.0  # room for "28 Nov 14:00"
_SMALLEST_FIGURE = 8.0  # points; what is longer takes a second line
_NAMES = 84.0  # room for the name of a fact


def page_pdf(
    paper: PagePaper, *, firm: str, language: Language, progress: Progress = NO_PROGRESS
) -> bytes:
    """The bytes of the page; the same paper gives the same bytes."""
    running = Running(
        title=paper.title,
        author=firm,
        head_left=paper.title,
        head_right=firm,
        foot="  ·  ".join(text for text in (firm, paper.title) if text),
        page_words=Labels(language).page,
    )
    blocks: list[Block] = [_head(paper)]
    blocks += [Gap(6), Rule(style.ACCENT, 1.2, 2)]
    for part in paper.parts:
        blocks += [Gap(12), _block(part, paper.parts)]
    if paper.left or paper.right:
        top = style.TOP_FIRST + sum(block.height(style.CONTENT_WIDTH) for block in blocks) + 14
        blocks += [Gap(14), *_columns(paper, style.PAGE_HEIGHT - style.BOTTOM - top)]
    return build(blocks, running, progress=progress)


def _head(paper: PagePaper) -> Block:
    words = Stack([P(paper.title, style.PAGE_TITLE), P(paper.subtitle, style.SUBTITLE)])
    if paper.portrait is None:
        return words
    try:
        picture = Picture(paper.portrait, largest=_LARGEST_PORTRAIT)
    except Refused:
        return words  # damaged: the page tells more than a face
    beside = style.CONTENT_WIDTH - _PORTRAIT - _BESIDE
    image = Image(picture, _PORTRAIT, _PORTRAIT)
    return Columns([image, words], (_PORTRAIT, beside), gap=_BESIDE)


def _columns(paper: PagePaper, room: float) -> list[Block]:
    """Both columns: entries that shorten give way, then all is smaller, until one page holds them.

    What no page holds goes on on the next one, in its full size.
    """
    for scale in _SCALES:
        columns = _at_scale(paper, room, scale)
        if columns.height(style.CONTENT_WIDTH) <= room:
            return [columns]
    return [_at_scale(paper, room, 1.0)]


def _at_scale(paper: PagePaper, room: float, scale: float) -> Block:
    wide = (style.CONTENT_WIDTH / scale - _GAP) * _SHARES[1] / sum(_SHARES)
    right = list(paper.right)
    while _stack(right).height(wide) * scale > room:
        last = next((n for n in range(len(right) - 1, -1, -1) if _can_shorten(right[n])), None)
        if last is None:
            break
        entries = right[last]
        assert isinstance(entries, PaperEntries)
        right[last] = PaperEntries(entries.title, entries.entries[:-1], shortens=True)
    columns = Columns([_stack(paper.left), _stack(right)], _SHARES, gap=_GAP, flow=True)
    return columns if scale == 1.0 else Shrunk(columns, scale)


def _can_shorten(part: PaperPart) -> bool:
    return isinstance(part, PaperEntries) and part.shortens and len(part.entries) > _FEWEST


def _stack(parts: Sequence[PaperPart]) -> Stack:
    blocks: list[Block] = []
    for part in parts:
        blocks += [*([Gap(12)] if blocks else []), _block(part, parts)]
    return Stack(blocks)


class _Titled:
    """A heading with what belongs below it: never alone at the foot of a page."""

    def __init__(self, heading: Block, below: Block) -> None:
        self._heading, self._below = heading, below

    def height(self, width: float) -> float:
        return self._heading.height(width) + self._below.height(width)

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        room -= self._heading.height(width)
        first, rest = self._below.split(width, room, fresh) if room > 0 else (None, None)
        return (_Titled(self._heading, first), rest) if first is not None else (None, self)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        self._heading.draw(pen, x, top, width)
        self._below.draw(pen, x, top + self._heading.height(width), width)


def _block(part: PaperPart, beside: Sequence[PaperPart]) -> Block:
    below = _below(part, beside)
    return _Titled(Stack([P(part.title, style.HEADING), Gap(4)]), below) if part.title else below


def _below(part: PaperPart, beside: Sequence[PaperPart]) -> Block:
    """What stands under the heading, aligned with the parts `beside` it in its column."""
    match part:
        case PaperFigures():
            return _figures(part)
        case PaperFacts():
            return _facts(part, _indent(beside))
        case PaperEntries():
            return _entries(part)
        case PaperTable():
            measured = [
                row
                for each in beside
                if isinstance(each, PaperTable) and each.headings == part.headings
                for row in each.rows
            ]
            return listing(part.headings, part.numeric, part.rows, measured=measured)
        case PaperPicture():
            picture = Picture(part.png, largest=_LARGEST_CHART)
            return Image(picture, style.CONTENT_WIDTH, _CHART_HIGH)


def _figures(part: PaperFigures) -> Block:
    rows: list[Block] = []
    across = min(_SIDE_BY_SIDE, len(part.figures))
    room = (style.CONTENT_WIDTH - 2 * _INSIDE - _BESIDE * (across - 1)) / across
    for first in range(0, len(part.figures), _SIDE_BY_SIDE):
        shown = part.figures[first : first + _SIDE_BY_SIDE]
        cells: list[Block] = [
            Stack(
                [
                    P(figure.name, style.LABEL),
                    P(figure.value, _fitting(figure.value, room)),
                    *([P(figure.beside, style.SMALL)] if figure.beside else []),
                ]
            )
            for figure in shown
        ]
        cells += [Gap(0)] * (across - len(shown))
        rows += [*([Gap(6)] if rows else []), Columns(cells, gap=_BESIDE)]
    return Panel(Stack(rows), across=_INSIDE, down=8)


def _fitting(value: str, room: float) -> style.Style:
    """A long number is printed smaller, before it is broken."""
    size = style.FIGURE.size * min(1.0, room / max(1.0, widest(value, style.FIGURE.size, True)))
    return replace(style.FIGURE, size=max(_SMALLEST_FIGURE, size))


def _facts(part: PaperFacts, indent: float) -> Block:
    blocks: list[Block] = []
    for name, value in part.facts:
        told = P(value, style.FACT_VALUE)
        if widest(name, style.FACT.size) + 6 <= indent:
            blocks.append(Hanging(name, told, indent, style.FACT))
        else:
            # A name too long for its column stands above its value.
            blocks += [P(name, style.FACT), P(value, style.FACT_VALUE, indent)]
    return Stack(blocks)


def _indent(parts: Sequence[PaperPart]) -> float:
    """Where the values of all facts of a column begin: beside the longest name but not too far."""
    names = [name for part in parts if isinstance(part, PaperFacts) for name, _ in part.facts]
    fitting = [wide for name in names if (wide := widest(name, style.FACT.size)) <= _NAMES]
    return max(fitting, default=0.0) + 10


def _entries(part: PaperEntries) -> Block:
    blocks: list[Block] = []
    widths = [widest(entry.when, style.FACT.size) for entry in part.entries if entry.when]
    indent = max(_WHEN, *widths) + 6 if widths else 0.0
    for entry in part.entries:
        blocks.append(Hanging(entry.when, P(entry.what, style.CELL), indent, style.FACT))
        if entry.text:
            blocks.append(P(entry.text, style.DETAIL, indent))
        blocks.append(Gap(3))
    return Stack(blocks)
