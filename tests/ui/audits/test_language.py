"""Each language is whole: nothing of the other one is left on any page, and typed text stays.

The long form switches the language on every page; otherwise on one of each sort.
"""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from crm_desktop.ui.places import Place
from tests.long_form import LONG
from tests.ui.audits.conftest import Stages
from tests.ui.audits.survey import Survey
from tests.ui.audits.walking import shown
from tests.ui.audits.wording import data_of, foreign

_SOME = (
    "today",
    "contacts",
    "companies",
    "opportunities board",
    "followups agenda",
    "birthdays",
    "person 0",
    "company 0",
    "opportunity 0",
    "orgchart 0",
    "as_of 0",
    "duplicates",
    "history",
    "trash",
    "settings general",
)


def test_only_one_language_is_spoken(survey: Survey) -> None:
    assert not survey.foreign, survey.said("foreign")


def test_a_switch_of_language_keeps_what_is_typed(stages: Stages) -> None:
    stage = stages("zh")
    stage.go(Place("person", stage.records["person"][0]))
    box = next(w for w in shown(stage.window.area) if isinstance(w, QPlainTextEdit))
    box.setFocus()
    box.setPlainText("还没写完")
    for language in ("en", "zh"):
        stage.wear(language)
        assert box.toPlainText() == "还没写完"
    box.clear()


def test_a_switch_of_language_leaves_no_word_behind(stages: Stages) -> None:
    stage = stages("zh")
    places = [each for each in stage.places() if LONG or each[0] in _SOME]
    assert LONG or len(places) == len(_SOME)
    for _name, place in places:
        stage.go(place)  # now every page has been made, and said in Chinese
    stage.wear("en")
    stage.wear("zh")
    theirs = data_of(stage)
    found: list[str] = []
    for name, place in places:
        stage.go(place)
        found += [f"{name}: {each}" for each in foreign(stage, theirs)]
    assert not found, "\n" + "\n".join(sorted(set(found)))
