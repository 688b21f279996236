"""Measuring product and floor in turns, and saying how they compare."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. Times in seconds, memory in MB."""

    what: str
    product: float
    floor: float | None
    goal: str
    reached: bool
    note: str = ""
    unit: str = "ms"

    def line(self) -> str:
        """As it is printed."""
        ratio = f"{self.product / self.floor:6.2f}x" if self.floor else "      -"
        scale = 1000 if self.unit == "ms" else 1
        floor = f"{self.floor * scale:10.1f}" if self.floor else "         -"
        mark = "ok  " if self.reached else "OPEN"
        product = f"{self.product * scale:10.1f}"
        return (
            f"{mark} {self.what:<44} {product} {self.unit} {floor} {self.unit} {ratio}"
            f"  goal {self.goal}{'  ' + self.note if self.note else ''}"
        )


class Clock:
    """Time on the wall; or, where other work shares the machine, of the processor alone."""

    processor = False

    def __call__(self) -> float:
        """Seconds, from nowhere in particular; children that have ended are counted along."""
        if not self.processor:
            return time.perf_counter()
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + ended.ru_utime + ended.ru_stime


clock = Clock()


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = clock()
    work()
    return clock() - started


def in_turns(
    product: Callable[[], object], floor: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Medians of product and floor, measured one after the other so that drift hits both."""
    pairs = [(seconds(product), seconds(floor)) for _ in range(rounds)]
    return (
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
    )


def percentile(times: list[float], share: float) -> float:
    """The time that `share` of the calls stay below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def ratio(
    what: str, product: float, floor: float, limit: float, note: str = "", *, unit: str = "ms"
) -> Result:
    """A result whose goal is a multiple of the floor."""
    return Result(what, product, floor, f"≤ {limit}x", product <= limit * floor, note, unit)


def within(what: str, product: float, limit: float, note: str = "") -> Result:
    """A result whose goal is a time."""
    return Result(what, product, None, f"≤ {limit * 1000:.0f} ms", product <= limit, note)


def peak_memory() -> int:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
