"""python -m benchmarks [NAME …] [--small]: prints the ratios; never fails by time."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from benchmarks import (
    backups,
    birthdays,
    exporting,
    importing,
    listing,
    papers,
    reporting,
    saving,
    searching,
    serving,
    starting,
    switching,
)
from benchmarks.measure import Result, clock

SIZED: dict[str, Callable[[int], list[Result]]] = {
    "start": starting.run,
    "pages": switching.run,
    "import": importing.run,
    "events": serving.run,
    "search": searching.run,
    "list": listing.run,
    "save": saving.run,
    "birthdays": birthdays.run,
    "reports": reporting.run,
    "export": exporting.run,
    "backup": backups.run,
}
PLAIN: dict[str, Callable[[], list[Result]]] = {"pdf": papers.run}
NAMES = (*PLAIN, *SIZED)
FULL = {
    "start": 100_000,
    "pages": 100_000,
    "birthdays": 100_000,
    "export": 100_000,
    "import": 100_000,
    "events": 100_000,
}


def _name(text: str) -> str:
    # Not by `choices`: with "*" Python 3.11 wants the empty list among them.
    if text not in NAMES:
        raise argparse.ArgumentTypeError(f"no benchmark {text!r}; there are {', '.join(NAMES)}")
    return text


def main() -> int:
    """Measure what was asked for, or everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", type=_name, metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--small", action="store_true", help="a tenth of the size")
    parser.add_argument(
        "--processor", action="store_true", help="processor time, on a machine with other work"
    )
    options = parser.parse_args()
    clock.processor = options.processor
    names = options.names or NAMES
    print(f"     {'':<44} {'product':>10}    {'floor':>10}      ratio")
    for name in names:
        if name in PLAIN:
            results = PLAIN[name]()
        else:
            size = FULL.get(name, 1_000_000)
            results = SIZED[name](size // 10 if options.small else size)
        for result in results:
            print(result.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
