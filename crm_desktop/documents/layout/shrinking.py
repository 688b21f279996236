"""A block printed smaller, so that one page holds it."""

from __future__ import annotations

from crm_desktop.documents.layout.blocks import Block
from crm_desktop.documents.layout.pen import Pen


class Shrunk:
    """A block at `scale` of its size; its lines are broken for the room they then have."""

    def __init__(self, block: Block, scale: float) -> None:
        self._block, self._scale = block, scale

    def height(self, width: float) -> float:
        return self._block.height(width / self._scale) * self._scale

    def split(self, width: float, room: float, fresh: bool) -> tuple[Block | None, Block | None]:
        scale = self._scale
        first, rest = self._block.split(width / scale, room / scale, fresh)
        return first and Shrunk(first, scale), rest and Shrunk(rest, scale)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        with pen.scaled(x, top, self._scale):
            self._block.draw(pen, x, top, width / self._scale)
