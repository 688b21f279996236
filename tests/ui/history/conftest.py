"""The window opens on the settings, from where history and trash are gone to."""

from __future__ import annotations

import pytest

from crm_desktop.ui.places import Place


@pytest.fixture
def start() -> Place:
    return Place("settings")
