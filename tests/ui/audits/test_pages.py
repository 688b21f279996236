"""Every page opens over a full book and over an empty one, without a fault and not blank."""

from __future__ import annotations

import pytest

from crm_desktop.ui.catalogue import PAGES, load
from crm_desktop.ui.page import Page
from crm_desktop.ui.places import Place
from tests.ui.audits.conftest import Stages
from tests.ui.audits.stage import RECORD_PAGES
from tests.ui.audits.survey import Survey, colours


@pytest.mark.parametrize("key", PAGES)
def test_every_page_can_be_imported(key: str) -> None:
    assert issubclass(load(PAGES[key].factory), Page)


def test_no_page_is_blank_or_tells_a_fault(survey: Survey) -> None:
    assert not survey.blank, survey.said("blank")
    assert "fault" not in survey.stage.window.banners.texts()


@pytest.mark.parametrize("page", sorted(RECORD_PAGES - {"quote", "contract"}))
def test_a_record_that_is_gone_is_no_fault(stages: Stages, page: str) -> None:
    stage = stages("empty")
    stage.go(Place(page, 4711))
    assert stage.window.area.page is not None
    assert not stage.broken


def test_every_page_in_dark(stages: Stages) -> None:
    stage = stages("zh")
    stage.wear(theme="dark")
    blank = [place for place in stage.tour() if colours(stage.window.area) < 8]
    assert not blank
    assert not stage.broken
