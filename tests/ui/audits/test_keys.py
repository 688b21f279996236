"""Keys of the real window: no two share one, none is an input method's, all are shown."""

from __future__ import annotations

from tests.ui.audits.survey import Survey


def test_the_keys_of_every_page(survey: Survey) -> None:
    assert not survey.wrong_keys, survey.said("wrong_keys")
