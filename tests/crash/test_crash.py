"""The short form: a sample of kill and power-cut points, and the seeded faults are found."""

from __future__ import annotations

import pytest

from tests.crash.__main__ import run
from tests.crash.faults import FAULTS
from tests.crash.recording import tool

pytestmark = pytest.mark.skipif(tool() is None, reason="strace is not installed")


def test_every_acknowledged_step_is_there_and_nothing_half() -> None:
    verdict = run("", every=40, cuts=1, seed=1)
    assert verdict.opened > 20
    assert verdict.problems == []


@pytest.mark.parametrize("fault", FAULTS)
def test_seeded_faults_are_found(fault: str) -> None:
    assert run(fault, every=25, cuts=1, seed=1).problems != []
