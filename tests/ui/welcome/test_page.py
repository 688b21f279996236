"""The welcome page: three ways to begin, language and theme live."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt

from crm_desktop.domain.kinds import Kind
from crm_desktop.services.house import Services
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from crm_desktop.ui.welcome import page as module
from crm_desktop.ui.welcome.page import WelcomePage
from tests.ui.resting import rest


@pytest.fixture
def start() -> Place:
    return Place("welcome")


@pytest.fixture
def page(opened: MainWindow) -> WelcomePage:
    found = opened.area.page
    assert isinstance(found, WelcomePage)
    return found


def test_language_and_theme_switch_live(opened: MainWindow, page: WelcomePage) -> None:
    page._language_chosen("zh")
    assert page.excel.button.text() == "导入我的 Excel 名单"
    assert page.languages.current() == "zh"
    page._theme_chosen("dark")
    assert opened.settings.theme == "dark"


def test_it_follows_a_theme_chosen_elsewhere(opened: MainWindow, page: WelcomePage) -> None:
    opened.settings.theme = "dark"
    opened.apply_settings()
    assert page.themes.current() == "dark"


def test_both_rows_of_tiles_end_at_the_same_edge(
    opened: MainWindow, page: WelcomePage, qtbot: Any
) -> None:
    rest(opened, qtbot)
    last_way = page.empty.mapTo(page, page.empty.rect().topRight())
    tile = page.selling.tiles["project"]
    assert tile.mapTo(page, tile.rect().topRight()).x() == last_way.x()


def taken(page: WelcomePage) -> list[str]:
    return [way for way, tile in page.selling.tiles.items() if tile.isChecked()]


def test_a_way_of_selling_by_mouse_and_by_keys(
    opened: MainWindow, page: WelcomePage, services: Services, qtbot: Any
) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow, timeout=20000)
    selling, tiles = services.opportunities.selling, page.selling.tiles
    assert taken(page) == ["standard"]
    qtbot.mouseClick(tiles["project"], Qt.MouseButton.LeftButton)
    rest(opened, qtbot)
    assert (selling.way(), taken(page)) == ("project", ["project"])
    tiles["project"].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tiles["project"], Qt.Key.Key_Right)
    rest(opened, qtbot)
    assert (selling.way(), taken(page)) == ("membership", ["membership"])
    assert tiles["membership"].hasFocus()
    qtbot.keyClick(tiles["membership"], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest(opened, qtbot)
    assert (selling.way(), taken(page)) == ("project", ["project"])
    opened.settings.language = "zh"
    opened.apply_settings()
    assert tiles["project"].accessibleName() == "复杂项目、周期长、要投标的项目"


def test_tiles_keep_their_words_at_every_text_size(
    opened: MainWindow, page: WelcomePage, qtbot: Any
) -> None:
    opened.resize(1024, 600)
    opened.settings.text_size = 150
    opened.apply_settings()
    rest(opened, qtbot)
    for tile in page.selling.tiles.values():
        assert tile.height() >= tile.heightForWidth(tile.width())


def test_sample_data_leads_to_today(
    opened: MainWindow, page: WelcomePage, services: Services, qtbot: Any
) -> None:
    page.sample.button.click()
    qtbot.waitUntil(lambda: opened.navigator.here == Place("today"), timeout=20000)
    assert services.records.count(Kind.PERSON) == 24
    assert opened.state.get("welcome/done") is True


def test_the_list_leads_to_the_import(
    opened: MainWindow,
    page: WelcomePage,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qtbot: Any,
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,手机\n张伟,13812345678\n", encoding="utf-8")
    choose: Callable[..., Path] = lambda *_: path  # noqa: E731
    monkeypatch.setattr(module, "choose_file", choose)
    page.excel.button.click()
    qtbot.waitUntil(lambda: opened.navigator.here == Place("import"), timeout=20000)
    qtbot.waitUntil(lambda: opened.jobs.idle, timeout=20000)
    assert opened.state.get("welcome/done") is True


def test_start_empty(opened: MainWindow, page: WelcomePage, services: Services) -> None:
    page.empty.button.click()
    assert opened.navigator.here == Place("today")
    assert services.records.count(Kind.PERSON) == 0


@pytest.mark.parametrize("percent", [100, 150])
def test_the_ways_to_begin_stand_on_one_line_in_any_language(
    opened: MainWindow, page: WelcomePage, percent: int, qtbot: Any
) -> None:
    opened.resize(1280 * percent // 100, 800)
    opened.settings.text_size = percent
    ways = (page.excel, page.sample, page.empty)
    for code in ("en", "zh", "en"):
        page._language_chosen(code)
        rest(opened, qtbot)
        for parts in (ways, [way._why for way in ways], [way.button for way in ways]):
            assert len({part.mapTo(page, part.rect().topLeft()).y() for part in parts}) == 1
        for way in ways:
            words, room = way._why.fontMetrics(), QRect(0, 0, way._why.width(), 1000)
            wrapped = words.boundingRect(room, Qt.TextFlag.TextWordWrap.value, way._why.text())
            assert 0 <= way._why.height() - wrapped.height() < words.height()


@pytest.mark.parametrize("code", ["zh", "en"])
def test_papers_are_written_in_the_language_chosen_here(
    opened: MainWindow, page: WelcomePage, services: Services, code: str, qtbot: Any
) -> None:
    services.business.set_trade(language="en" if code == "zh" else "zh")
    page._language_chosen(code)
    page.empty.button.click()
    rest(opened, qtbot)
    assert services.business.trade().language == code
    opened.navigator.go(Place("welcome"))
    services.business.set_trade(language="bi")
    page.empty.button.click()
    rest(opened, qtbot)
    assert services.business.trade().language == "bi"
