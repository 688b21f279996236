"""python -m tests.crash: the long form. --short is what the test suite runs."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.faults import FAULTS
from tests.crash.recording import record, tool
from tests.crash.replaying import Verdict, points, replay


def run(fault: str, *, every: int, cuts: int, seed: int) -> Verdict:
    """Record the scenario once and replay each `every`-th prefix."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve() / "work"
        folder.mkdir()
        operations = record(folder, fault)
        chosen = points(operations)[seed % every :: every]
        return replay(operations, folder, chosen, seed=seed, cuts_per_point=cuts)


def main() -> int:
    """0 when every promise held and every seeded fault was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a sample of the points")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if tool() is None:
        print("strace is missing: please install it (Debian: strace).", file=sys.stderr)
        return 1
    every, cuts = (40, 1) if options.short else (1, 2)
    started = time.monotonic()
    verdict = run("", every=every, cuts=cuts, seed=options.seed)
    print(f"points tried: {verdict.points}, books opened: {verdict.opened}")
    for problem in verdict.problems[:20]:
        print("  BROKEN", problem)
    bad = bool(verdict.problems)
    for fault in FAULTS:
        found = run(fault, every=max(every, 4), cuts=cuts, seed=options.seed)
        print(f"seeded fault {fault}: found at {len(found.problems)} of {found.points} points")
        bad |= not found.problems
    print(f"{'FAILED' if bad else 'every promise held'} in {time.monotonic() - started:.0f} s")
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
