"""Language, theme and text size changed over and over, over every page, with records open.

What dies here dies in the words of Qt: a widget let go of in the wrong thread, a slot of a page
that is gone. The long form takes 300 rounds; otherwise a few.
"""

from __future__ import annotations

import random

from PySide6.QtCore import QSize

from crm_desktop.ui.places import Place
from crm_desktop.ui.theme.theme import theme
from crm_desktop.ui.theme.tokens import SCALES
from tests.long_form import LONG
from tests.ui.audits.conftest import LANGUAGES, Stages

ROUNDS = 300 if LONG else 6
_SIZES = (QSize(1024, 600), QSize(1280, 800), QSize(1600, 1000))


def test_switching_breaks_nothing(stages: Stages) -> None:
    stage = stages("en")
    places = list(stage.places())
    chance = random.Random(20261122)
    person, company = stage.records["person"][0], stage.records["company"][0]
    for place in (Place("person", person), Place("company", company)):
        stage.window.open_own_window(place)
    windows = list(stage.window.own_windows)
    try:
        for turn in range(ROUNDS):
            name, place = places[turn % len(places)] if turn % 2 else chance.choice(places)
            stage.window.navigator.go(place)
            # Half of the switches come while the page is still being read.
            if chance.random() < 0.5:
                stage.rest()
            text = chance.choice(SCALES)
            stage.wear(
                chance.choice(LANGUAGES),
                chance.choice(("light", "dark")),
                text=text,
                size=chance.choice(_SIZES),
            )
            assert not stage.broken, f"{turn} {name}: {stage.broken!r}"
            assert theme().percent == text
            assert stage.window.area.page is not None, name
            assert stage.window.area.page.key == place.page, name
            assert all(own.area.page is not None for own in windows), name
    finally:
        for own in windows:
            own.close()
        stage.wear()
