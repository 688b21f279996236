"""What every test shares: no screen, no trace in the user's folders, repeatable examples."""

from __future__ import annotations

import os

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from pathlib import Path

import hypothesis
import pytest
from hypothesis.internal.conjecture import engine

from crm_desktop import paths

# Two workers on a busy machine: time says nothing about the code. The same examples every run;
# HYPOTHESIS_PROFILE=long looks for new ones.
_QUIET = [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture]
hypothesis.settings.register_profile(
    "default", deadline=None, derandomize=True, database=None, suppress_health_check=_QUIET
)
hypothesis.settings.register_profile(
    "long", deadline=None, max_examples=1000, suppress_health_check=_QUIET
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
# Looking for a smaller example may take as long as the watch over hanging tests allows a test in
# all; what was found would go down with the worker. There is no setting for it.
engine.MAX_SHRINKING_SECONDS = 60


@pytest.fixture
def home(tmp_path: Path) -> paths.Home:
    """The user's folders of this one test."""
    return paths.Home.at(tmp_path / "home")
