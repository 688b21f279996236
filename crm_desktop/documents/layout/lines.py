"""Breaking text into lines by the rules of Chinese and Latin setting."""

from __future__ import annotations

import re

from crm_desktop.documents import fonts

# What no line begins with: closing brackets, stops, and the Chinese colon and comma.
CANNOT_START = frozenset(
    "!%),.:;?]}¢°·—―’”…‰′″›℃、。〃々〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～￠ーぁぃぅぇぉっゃゅょ"
    "ァィゥェォッャュョ"
)
CANNOT_END = frozenset("$(£¥[{‘“‹〈《「『【〔〖〝＄（［｛￡￥#@＃＠")
_WIDE_FROM = "⺀"
_PAIRED = frozenset("—…")
_ADDRESS = re.compile(r"[\w.+%-]+@[\w.-]+", re.ASCII)  # of e-mail: one word with all its signs


def may_break(before: str, after: str) -> bool:
    """Whether a line may end after `before` and the next begin with `after`."""
    if after == " ":
        return False
    if before == " ":
        return after not in CANNOT_START
    if after in CANNOT_START or before in CANNOT_END or (before == after and before in _PAIRED):
        return False
    return before >= _WIDE_FROM or after >= _WIDE_FROM or before in "-/_"


def break_lines(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`; its own line ends are kept."""
    found: list[str] = []
    for line in fonts.printable(text).split("\n"):
        if fonts.width(line, size, bold) <= width:
            found.append(line)
        else:
            _fill(line.rstrip(" "), width, size, bold, found)
    return found


def _fill(line: str, width: float, size: float, bold: bool, found: list[str]) -> None:
    advances: list[float] = []
    for font, piece in fonts.runs(line, bold):
        known = fonts.widths(font)
        advances += [known[ord(char)] * size / 1000 for char in piece]
    spans = [match.span() for match in _ADDRESS.finditer(line)]
    inside = {at for first, end in spans for at in range(first + 1, end)}
    start, last, used, index = 0, 0, 0.0, 0
    while index < len(line):
        if index > start and index not in inside and may_break(line[index - 1], line[index]):
            last = index
        used += advances[index]
        # A space at the end hangs over the edge, as in every printed book.
        if used > width + 0.01 and line[index] != " " and index > start:
            cut = last if last > start else _least_bad(line, start, index)
            found.append(line[start:cut].rstrip(" "))
            start = last = cut
            used = sum(advances[start:index])
            continue
        index += 1
    found.append(line[start:])


def _least_bad(line: str, start: int, index: int) -> int:
    """Where to cut a word too long for a line: at a sign of an address, else before no stop."""
    if line[index - 1 : index + 1].isascii():
        signs = (line.rfind(sign, start, index) + 1 for sign in "./_-")
        cut = max(*signs, line.rfind("@", start, index))
        if cut > start and line[cut] not in CANNOT_START:
            return cut
    for cut in range(index, start, -1):
        if line[cut] not in CANNOT_START and line[cut - 1] not in CANNOT_END:
            return cut
    return index
