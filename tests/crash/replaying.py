"""Every prefix of the recording, opened as the user would open it the next morning."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from crm_desktop.data import backup
from crm_desktop.data.digest import content_digest
from crm_desktop.data.health import examine
from crm_desktop.domain.problems import Refused
from crm_desktop.services.house import open_book
from tests.crash.disk import Disk, lay_out
from tests.crash.recording import Operation
from tests.crash.scenario import clock

BOOK = "book.crm"
NOT_THE_BOOKS = ("acks", "list.xlsx", "book.crm.lock")


@dataclass(slots=True)
class Verdict:
    """What was tried and what went wrong."""

    points: int = 0
    opened: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Point:
    """A moment between two operations: what was acknowledged, and what may be there."""

    index: int
    acknowledged: int
    allowed: frozenset[str]


def points(operations: Sequence[Operation]) -> list[Point]:
    """One per operation that changes something."""
    digests: list[str] = []
    acks: list[tuple[int, int]] = []
    for index, operation in enumerate(operations):
        if operation.what == "write" and operation.path.endswith("/acks"):
            said = json.loads(operation.data)
            digests.append(said["digest"])
            acks.append((index, said["step"]))
    found = []
    done = -1
    for index, operation in enumerate(operations):
        if operation.what == "write" and operation.path.endswith("/acks"):
            done += 1
        if operation.path.endswith("/acks"):
            continue
        # What was acknowledged, or that and the step under way, whole.
        allowed = frozenset(digests[max(done, 0) : done + 2])
        found.append(Point(index, done, allowed))
    return found


def replay(
    operations: Sequence[Operation],
    folder: Path,
    chosen: Sequence[Point],
    *,
    seed: int,
    cuts_per_point: int = 1,
) -> Verdict:
    """Kill and cut the power at every chosen point, and open what is left."""
    verdict = Verdict()
    disk = Disk()
    waiting = {point.index: point for point in chosen}
    for index, operation in enumerate(operations):
        disk.apply(operation)
        point = waiting.get(index)
        if point is None:
            continue
        for name, images in _ends(disk, point, seed, cuts_per_point):
            verdict.points += 1
            with tempfile.TemporaryDirectory() as temporary:
                target = Path(temporary)
                lay_out(images, folder, target, NOT_THE_BOOKS)
                problem = _look(target, point, verdict)
                if problem:
                    last = operation.what + " " + Path(operation.path).name
                    verdict.problems.append(f"{name} after operation {index} ({last}): {problem}")
    return verdict


def _ends(disk: Disk, point: Point, seed: int, cuts: int) -> Iterator[tuple[str, dict[str, bytes]]]:
    yield "kill", disk.after_kill()
    for number in range(cuts):
        chance = random.Random(f"{seed}/{point.index}/{number}")
        yield f"power cut {number}", disk.after_power_cut(chance)


def _look(folder: Path, point: Point, verdict: Verdict) -> str:
    """What the user would complain of; "" when all is as promised."""
    path = folder / BOOK
    if not path.exists():
        return "the book is gone" if point.acknowledged >= 0 else ""
    if point.acknowledged < 0 and path.stat().st_size == 0:
        return ""
    moment = clock()
    try:
        with closing(open_book(path, moment)) as book, book.read() as session:
            verdict.opened += 1
            content = str(content_digest(session, book.metadata))
    except Refused as refused:
        return f"the book does not open: {refused}"
    if point.acknowledged >= 0 and content not in point.allowed:
        return f"step {point.acknowledged} was acknowledged and the content is another"
    if not examine(path).whole:
        return "the book is damaged"
    for copy in backup.list_backups(path, folder / "backups"):
        if not examine(copy.path).whole:
            return f"the backup {copy.path.name} is listed and damaged"
    shutil.rmtree(folder / "home", ignore_errors=True)
    return ""
