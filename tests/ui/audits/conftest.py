"""The windows of the audits: one per language and one over an empty book, for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.audits.stage import Stage
from tests.ui.audits.survey import Survey, survey_of

_OF_WORKER = {"zh": "audit-zh", "en": "audit-en", "empty": "audit-en"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Audits of one language go to one worker: its window is made and toured once."""
    for item in items:
        if "tests/ui/audits" not in item.path.as_posix():
            continue
        said = item.name.partition("[")[2]
        group = next((g for name, g in _OF_WORKER.items() if said.startswith(name)), "")
        mark = item.get_closest_marker("stage")
        group = group or (_OF_WORKER[mark.args[0]] if mark is not None else item.path.stem)
        item.add_marker(pytest.mark.xdist_group(group))


Stages = Callable[[str], Stage]

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="package")
def stages(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages]:
    """The stage in a language, made when first asked for; "empty" has a book without records."""
    made: dict[str, Stage] = {}

    def stage(name: str) -> Stage:
        if name not in made:
            folder = tmp_path_factory.mktemp(f"audit-{name}")
            empty = name == "empty"
            made[name] = Stage("en" if empty else name, folder, filled=not empty)
        found = made[name]
        for other in made.values():
            other.window.setVisible(other is found)
        found.wear()
        return found

    yield stage
    for each in made.values():
        each.close()


@pytest.fixture(params=LANGUAGES)
def stage(request: pytest.FixtureRequest, stages: Stages) -> Stage:
    """The window over a filled book, in each language."""
    return stages(request.param)


@pytest.fixture(scope="package")
def surveys(stages: Stages) -> Callable[[str], Survey]:
    """The survey of a stage, taken once."""
    made: dict[str, Survey] = {}

    def survey(name: str) -> Survey:
        stage = stages(name)
        if name not in made:
            made[name] = survey_of(stage)
        return made[name]

    return survey


@pytest.fixture(params=(*LANGUAGES, "empty"))
def survey(request: pytest.FixtureRequest, surveys: Callable[[str], Survey]) -> Survey:
    """What a tour finds in each language, and over an empty book."""
    return surveys(request.param)
