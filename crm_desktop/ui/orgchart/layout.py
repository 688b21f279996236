"""Where everybody stands in an org chart: layered trees, long rows of reports folded into stacks.

Pure geometry in pixels at zoom 1; the same plan is drawn on the screen, in pictures and on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from crm_desktop.domain.orgchart import Branch, Forest, Member

STACK_FROM = 3  # so many reports without reports of their own stand below each other
_LONGEST_STACK = 8
_BAND_COLUMNS = 4  # of people without a place, where no tree is wider


@dataclass(frozen=True, slots=True)
class Measures:
    """The size of a box and the gaps between boxes; follows the text size."""

    width: float
    height: float
    gap_x: float
    gap_y: float
    heading: float  # the height of a heading above a band

    @property
    def indent(self) -> float:
        """How far a stack stands right of the line that leads down to it."""
        return self.gap_x


@dataclass(slots=True)
class Plan:
    """Everything that is drawn: boxes by person, lines, headings of the bands below."""

    boxes: dict[int, QRectF] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    lines: list[tuple[QPointF, ...]] = field(default_factory=list)
    headings: list[tuple[str, int, QRectF]] = field(default_factory=list)  # code, count, where
    width: float = 0.0
    height: float = 0.0

    def at(self, point: QPointF) -> int | None:
        """The person whose box holds the point."""
        return next((person for person, box in self.boxes.items() if box.contains(point)), None)


@dataclass(slots=True)
class _Block:
    """A subtree: its size, where the line from above meets it, and how it is put in place."""

    width: float
    height: float
    anchor: float
    boxes: list[tuple[Member, QRectF]]
    lines: list[tuple[QPointF, ...]]

    def moved(self, dx: float, dy: float) -> _Block:
        """The same elsewhere."""
        return _Block(
            self.width,
            self.height,
            self.anchor + dx,
            [(member, box.translated(dx, dy)) for member, box in self.boxes],
            [tuple(QPointF(p.x() + dx, p.y() + dy) for p in line) for line in self.lines],
        )


def lay_out(forest: Forest, measures: Measures) -> Plan:
    """The plan of a forest: trees side by side, below them bands of those without a place."""
    plan = Plan()
    left = 0.0
    for tree in forest.trees:
        block = _tree(tree, measures)
        _put(plan, block.moved(left, 0))
        left += block.width + 2 * measures.gap_x
    plan.width = max(0.0, left - 2 * measures.gap_x)
    for code, members in (("unplaced", forest.unplaced), ("left", forest.left)):
        if members:
            headed = bool(forest.trees) or code == "left"
            _band(plan, code if headed else "", members, measures)
    return plan


def _put(plan: Plan, block: _Block) -> None:
    for member, box in block.boxes:
        plan.boxes[member.person.id] = box
        plan.members[member.person.id] = member
        plan.width = max(plan.width, box.right())
        plan.height = max(plan.height, box.bottom())
    plan.lines += block.lines


def _tree(branch: Branch, m: Measures) -> _Block:
    if not branch.below:
        return _box(branch.member, m)
    leaves = [each.member for each in branch.below if not each.below]
    parts = [_tree(each, m) for each in branch.below if each.below]
    stacked = len(leaves) >= STACK_FROM
    stacks: list[_Block] = []
    if stacked:
        for first in range(0, len(leaves), _LONGEST_STACK):
            stacks.append(_stack(leaves[first : first + _LONGEST_STACK], m))
    else:
        parts += [_box(member, m) for member in leaves]
    top = m.height + m.gap_y
    x, placed = 0.0, []
    for part in (*parts, *stacks):
        placed.append(part.moved(x, top))
        x += part.width + m.gap_x
    width = x - m.gap_x
    # One stack hangs straight below its boss, whose line goes down on its left.
    center = (placed[0].anchor + placed[-1].anchor) / 2
    if stacked and not parts and len(stacks) == 1:
        center = m.width / 2
    shift = max(0.0, m.width / 2 - center)
    placed = [part.moved(shift, 0) for part in placed]
    center += shift
    width = max(width + shift, center + m.width / 2)
    boss = QRectF(center - m.width / 2, 0, m.width, m.height)
    middle = m.height + m.gap_y / 2
    lines: list[tuple[QPointF, ...]] = []
    for part in placed:
        start, corner = QPointF(center, m.height), QPointF(center, middle)
        bend = QPointF(part.anchor, middle)
        lines.append((start, corner, bend, QPointF(part.anchor, top)))
    boxes = [(branch.member, boss), *(pair for part in placed for pair in part.boxes)]
    lines += [line for part in placed for line in part.lines]
    height = max(box.bottom() for _, box in boxes)
    return _Block(width, height, center, boxes, lines)


def _box(member: Member, m: Measures) -> _Block:
    return _Block(m.width, m.height, m.width / 2, [(member, QRectF(0, 0, m.width, m.height))], [])


def _stack(members: Sequence[Member], m: Measures) -> _Block:
    """Reports below each other, each led to by a short line from the left."""
    boxes: list[tuple[Member, QRectF]] = []
    lines: list[tuple[QPointF, ...]] = []
    spine = m.indent / 2
    step = m.height + m.gap_x / 2
    for number, member in enumerate(members):
        box = QRectF(m.indent, number * step, m.width, m.height)
        middle = box.center().y()
        boxes.append((member, box))
        last = number == len(members) - 1
        start = QPointF(spine, 0 if last else middle)
        lines.append((start, QPointF(spine, middle), QPointF(box.left(), middle)))
    return _Block(m.indent + m.width, boxes[-1][1].bottom(), spine, boxes, lines)


def _band(plan: Plan, code: str, members: Sequence[Member], m: Measures) -> None:
    step = m.width + m.gap_x
    columns = max(_BAND_COLUMNS, int((plan.width + m.gap_x) // step))
    top = plan.height + (m.gap_y if plan.boxes else 0)
    if code:
        wide = max(plan.width, min(columns, len(members)) * step - m.gap_x)
        plan.headings.append((code, len(members), QRectF(0, top, wide, m.heading)))
        top += m.heading
    for number, member in enumerate(members):
        row, column = divmod(number, columns)
        box = QRectF(column * step, top + row * (m.height + m.gap_x), m.width, m.height)
        plan.boxes[member.person.id] = box
        plan.members[member.person.id] = member
        plan.width = max(plan.width, box.right())
        plan.height = max(plan.height, box.bottom())


def neighbour(plan: Plan, person: int, dx: int, dy: int) -> int | None:
    """Who stands next in a direction: the nearest box there, straight ahead before aside."""
    here = plan.boxes[person].center()
    best, least = None, float("inf")
    for other, box in plan.boxes.items():
        if other == person:
            continue
        away = box.center() - here
        ahead = away.x() * dx + away.y() * dy
        aside = abs(away.y() if dx else away.x())
        # Within a right angle ahead; what is beside counts double.
        if ahead > 1 and (aside <= ahead * 2 or dy):
            distance = ahead + 2 * aside
            if distance < least:
                best, least = other, distance
    return best
