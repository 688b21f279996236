"""Round numbers for the axis of a chart."""

from __future__ import annotations

from math import floor, log10


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Round values from at or below `low` to at or above `high`; zero is always among them."""
    low, high = min(0.0, low), max(0.0, high)
    if high == low:
        return [0.0, 1.0]
    rough = (high - low) / wanted
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first = floor(low / step + 1e-9)
    result = [first * step]
    while result[-1] < high - step * 1e-9:
        result.append((first + len(result)) * step)
    return result
