"""Prints the month table of `crm_desktop/domain/lunar_table.py`, from lunar_python.

Run it by hand: `python -m tests.domain.make_lunar_table`. It is not part of any test run.
"""

from __future__ import annotations

import sys

from lunar_python import LunarYear

FIRST_YEAR, LAST_YEAR = 1900, 2100


def code_of(year: int) -> int:
    """One lunar year as an int: bits 0-3 its leap month, bit 4+i set where month i has 30 days."""
    leap, lengths = 0, 0
    months = [m for m in LunarYear.fromYear(year).getMonthsInYear() if m.getYear() == year]
    for place, month in enumerate(months):
        if month.getMonth() < 0:
            leap = -month.getMonth()
        lengths |= (month.getDayCount() == 30) << (4 + place)
    return leap | lengths


def main() -> None:
    """Write five years to the line."""
    for first in range(FIRST_YEAR, LAST_YEAR + 1, 5):
        years = range(first, min(first + 5, LAST_YEAR + 1))
        codes = ", ".join(f"0x{code_of(year):05X}" for year in years)
        sys.stdout.write(f"    {codes},  # {first}\n")


if __name__ == "__main__":
    main()
