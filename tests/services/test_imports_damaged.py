"""The short form of `python -m tests.fuzz`: broken files are whole imports or sentences."""

from __future__ import annotations

from tests import fuzz


def test_broken_files_do_no_harm() -> None:
    told = fuzz.run(seed=1, workbooks=10).told
    assert sum(told.values()) == 22
    assert told["rows"] > 0
