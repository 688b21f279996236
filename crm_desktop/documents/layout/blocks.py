"""Blocks that flow over pages: text, gaps, rules, pictures, stacks and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from crm_desktop.documents import fonts
from crm_desktop.documents.layout.lines import break_lines
from crm_desktop.documents.layout.pen import Pen, Picture
from crm_desktop.documents.layout.style import HAIRLINE, TINT, Colour, Style


class Block(Protocol):
    """Something with a height that can be drawn, and divided where a page ends."""

    def height(self, width: float) -> float:
        """How high it is when this wide."""

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        """The part that fits into `room` and the rest; `fresh` means the page is still empty."""

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw all of it, the top left corner at (x, top)."""


class Text:
    """Lines of one style, broken to the width; made by `P`."""

    def __init__(
        self, text: str, style: Style, indent: float = 0.0, lines: list[str] | None = None
    ) -> None:
        self._text, self.style, self._indent = text, style, indent
        self._lines = lines
        self._for_width = -1.0

    def lines(self, width: float) -> list[str]:
        """The lines at this width."""
        if self._lines is None or self._for_width not in (width, -1.0):
            style = self.style
            self._lines = break_lines(self._text, width - self._indent, style.size, style.bold)
            self._for_width = width
        return self._lines

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.style.leading

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        lines = self.lines(width)
        count = int(room / self.style.leading)
        # Neither the first nor the last line of a paragraph stands alone on a page.
        if not fresh and (count < 2 or len(lines) < 4):
            return None, self
        count = max(1, min(count, len(lines) - 2))
        return self._part(lines[:count]), self._part(lines[count:])

    def _part(self, lines: list[str]) -> Text:
        return Text("", self.style, self._indent, lines)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        style = self.style
        if style.align == "right":
            x += width
        elif style.align == "centre":
            x += width / 2
        else:
            x += self._indent
        for line in self.lines(width):
            pen.text(x, top, line, style)
            top += style.leading


def P(text: str, style: Style, indent: float = 0.0) -> Text:  # noqa: N802 - known by this name
    """The one way of user text onto paper. It is plain text: no mark-up is ever read."""
    return Text(text, style, indent)


class Hanging:
    """A clause with its number in the margin and its text beside it."""

    def __init__(self, mark: str, text: Text, indent: float, style: Style) -> None:
        self._mark = fonts.printable(mark).replace("\n", " ")
        self._text, self._indent, self._style = text, indent, style

    def height(self, width: float) -> float:
        return self._text.height(width - self._indent)

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        first, rest = self._text.split(width - self._indent, room, fresh)
        if not isinstance(first, Text):
            return None, self
        more = Hanging("", rest, self._indent, self._style) if isinstance(rest, Text) else None
        return Hanging(self._mark, first, self._indent, self._style), more

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        pen.text(x, top, self._mark, self._style)
        self._text.draw(pen, x + self._indent, top, width - self._indent)


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty room; left out at the top of a page."""

    points: float

    def height(self, width: float) -> float:
        return self.points

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        return None, None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Rule:
    """A level line over the whole width, in the middle of its room."""

    colour: Colour = HAIRLINE
    thick: float = 0.6
    room: float = 1.0

    def height(self, width: float) -> float:
        return self.room

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        return None, self

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        pen.rule(x, top + self.room / 2, width, self.colour, self.thick)


class Image:
    """A picture no larger than its box."""

    def __init__(self, picture: Picture, width: float, height: float) -> None:
        self._picture = picture
        self._width, self._height = picture.fit(width, height)

    def height(self, width: float) -> float:
        return self._height

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        return None, self

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        pen.picture(x, top, self._width, self._height, self._picture)


class Stack:
    """Blocks below each other; `keep` keeps them on one page if one page can hold them."""

    def __init__(self, blocks: Sequence[Block], keep: bool = False) -> None:
        self._blocks, self._keep = list(blocks), keep

    def height(self, width: float) -> float:
        return sum(block.height(width) for block in self._blocks)

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        if self._keep and not fresh:
            return None, self
        for index, block in enumerate(self._blocks):
            high = block.height(width)
            if high <= room:
                room -= high
                continue
            first, rest = block.split(width, room, fresh and index == 0)
            before = self._blocks[:index] + ([first] if first else [])
            after = ([rest] if rest else []) + self._blocks[index + 1 :]
            return Stack(before) if before else None, Stack(after) if after else None
        return self, None

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        for block in self._blocks:
            block.draw(pen, x, top, width)
            top += block.height(width)


class Joined:
    """A block and what follows it: the end of the one stands on the page of the other."""

    def __init__(self, block: Block, follower: Block) -> None:
        self._block, self._follower = block, follower

    def height(self, width: float) -> float:
        return self._block.height(width) + self._follower.height(width)

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        # A little less than all of it: so its end goes over.
        most = min(room, self._block.height(width) - 1)
        first, rest = self._block.split(width, most, fresh)
        if first is not None and rest is not None:
            return first, Joined(rest, self._follower)
        return (self._block, self._follower) if fresh else (None, self)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        self._block.draw(pen, x, top, width)
        self._follower.draw(pen, x, top + self._block.height(width), width)


class Columns:
    """Blocks side by side, each with its share of the width.

    They begin on a page of their own where one cannot hold them, unless they `flow`.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        shares: Sequence[float] = (),
        gap: float = 24.0,
        *,
        flow: bool = False,
    ) -> None:
        self._blocks = list(blocks)
        self._shares = list(shares) or [1.0] * len(self._blocks)
        self._gap, self._flow = gap, flow

    def _widths(self, width: float) -> list[float]:
        free = width - self._gap * (len(self._blocks) - 1)
        return [free * share / sum(self._shares) for share in self._shares]

    def height(self, width: float) -> float:
        return max(b.height(w) for b, w in zip(self._blocks, self._widths(width), strict=True))

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        if not fresh and not self._flow:
            return None, self
        first: list[Block] = []
        rest: list[Block] = []
        for block, wide in zip(self._blocks, self._widths(width), strict=True):
            fits = block.height(wide) <= room
            one, two = (block, None) if fits else block.split(wide, room, fresh)
            first.append(one or Gap(0))
            rest.append(two or Gap(0))
        if all(isinstance(one, Gap) for one in first):
            return None, self  # nothing was won: going on so would never end
        shape, flow = (self._shares, self._gap), self._flow
        return Columns(first, *shape, flow=flow), Columns(rest, *shape, flow=flow)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        for block, wide in zip(self._blocks, self._widths(width), strict=True):
            block.draw(pen, x, top, wide)
            x += wide + self._gap


class Panel:
    """A block on a tinted field, with room around it."""

    def __init__(
        self, block: Block, across: float = 12.0, down: float = 9.0, colour: Colour | None = TINT
    ) -> None:
        self._block, self._across, self._down, self._colour = block, across, down, colour

    def height(self, width: float) -> float:
        return self._block.height(width - 2 * self._across) + 2 * self._down

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        if not fresh:
            return None, self
        first, rest = self._block.split(width - 2 * self._across, room - 2 * self._down, True)
        return (
            Panel(first, self._across, self._down, self._colour) if first else None,
            Panel(rest, self._across, self._down, self._colour) if rest else None,
        )

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        if self._colour is not None:
            pen.fill(x, top, width, self.height(width), self._colour)
        self._block.draw(pen, x + self._across, top + self._down, width - 2 * self._across)
