"""From opening to closing: the file is looked at, backups, the turn of the day, reminders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import tzlocal

from crm_desktop.domain.clock import Clock, FixedClock, local_zone_name
from crm_desktop.domain.due import Due
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Problem
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.settings import Settings
from crm_desktop.ui.language import tr
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.duties import TROUBLE, Duties
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.resting import rest

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # Friday, 09:00 in Shanghai


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW, "Asia/Shanghai")


@pytest.fixture
def services(home: Home, clock: FixedClock) -> Iterator[Services]:
    made = Services(open_book(home.book, clock), clock, home)
    yield made
    made.close()


def opened(window: MainWindow, services: Services, qtbot: Any) -> Duties:
    services.book.subscribe(window.notifier.announce)
    window.book_opened(services, services.clock, start=Place("history"))
    rest(window, qtbot)
    assert window.duties is not None
    return window.duties


def plan(services: Services, subject: str, at: time, day: date = date(2026, 11, 20)) -> int:
    types = services.lists.items("activity_type")
    values = {"subject": subject, "type": types[0].id, "due": Due(day, at, "Asia/Shanghai")}
    return services.records.create(Kind.ACTIVITY, values)


def status(window: MainWindow) -> str:
    return window.sidebar._status.text()


def test_a_backup_is_made_when_it_is_time(
    window: MainWindow, services: Services, clock: FixedClock, qtbot: Any
) -> None:
    duties = opened(window, services, qtbot)
    assert status(window) == tr("shell.not_backed_up")
    duties.back_up_when_due()
    rest(window, qtbot)
    assert services.backups.last() is None
    clock.moment += timedelta(minutes=31)
    duties.back_up_when_due()
    rest(window, qtbot)
    made = services.backups.last()
    assert made is not None
    assert made.reason == "automatic"
    # The wall of the clock, not of this computer.
    assert status(window) == tr("shell.backed_up", time="09:31")


def test_a_failed_backup_is_told_until_one_succeeds(
    window: MainWindow, services: Services, clock: FixedClock, qtbot: Any, home: Home
) -> None:
    blocked = home.data / "file"
    blocked.write_text("in the way")
    Settings(backup_folder=str(blocked / "below")).save(home.config)
    duties = opened(window, services, qtbot)
    clock.moment += timedelta(minutes=31)
    duties.back_up_when_due()
    rest(window, qtbot)
    assert "backup" in window.banners.texts()
    window.run_command("language_zh")
    assert window.banners.texts()["backup"].startswith("上次备份失败")
    Settings().save(home.config)
    window.run_command("backup")
    rest(window, qtbot)
    assert "backup" not in window.banners.texts()
    assert services.backups.last() is not None


def test_the_trouble_at_the_last_close_is_told(
    window: MainWindow, services: Services, qtbot: Any
) -> None:
    window.state.put(TROUBLE, ["book.disk_full", {"path": "D:/Backups"}])
    opened(window, services, qtbot)
    assert "D:/Backups" in window.banners.texts()["backup"]


def test_midnight(window: MainWindow, services: Services, clock: FixedClock, qtbot: Any) -> None:
    quote = services.quotes.create({"title": "A", "valid_until": date(2026, 11, 20)})
    services.records.update(Kind.QUOTE, quote, {"state": "sent"})
    duties = opened(window, services, qtbot)
    heard: list[Any] = []
    window.notifier.changed.connect(lambda kinds, _gesture: heard.append(kinds))
    duties.look()
    rest(window, qtbot)
    assert heard == []
    clock.moment = datetime(2026, 11, 20, 16, 1, tzinfo=UTC)  # 00:01 of the 21st
    duties.look()
    rest(window, qtbot)
    assert frozenset(Kind) in heard
    assert services.records.card(Kind.QUOTE, quote).values["state"] == "expired"


def test_another_time_zone_is_noticed_while_the_window_is_open(
    window: MainWindow, home: Home, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    local_zone_name.cache_clear()
    tzlocal.reload_localzone()
    clock = Clock()
    made = Services(open_book(home.book, clock), clock, home)
    duties = opened(window, made, qtbot)
    heard: list[object] = []
    window.notifier.changed.connect(lambda kinds, _gesture: heard.append(kinds))
    duties.look()
    assert heard == []
    monkeypatch.setenv("TZ", "America/New_York")
    duties.look()
    assert (clock.zone, len(heard)) == ("America/New_York", 1)
    rest(window, qtbot)
    made.close()
    monkeypatch.undo()
    clock.follow_machine()


def test_what_was_missed_comes_as_one(
    window: MainWindow, services: Services, clock: FixedClock, qtbot: Any
) -> None:
    for number in range(5):
        plan(services, f"Call {number}", time(9, 1 + number))
    clock.moment += timedelta(days=21)
    opened(window, services, qtbot)
    assert window.toasts.text.startswith("5 reminders: Call 0")
    assert not window.toasts.running  # it stays until it is seen
    window.toasts.buttons[0].click()
    assert window.navigator.here == Place("today")
    assert services.reminders.due() == []


def test_one_that_is_due_comes_once_and_can_be_put_off_and_done(
    window: MainWindow, services: Services, clock: FixedClock, qtbot: Any
) -> None:
    activity = plan(services, "Call Wei", time(10, 0))
    duties = opened(window, services, qtbot)
    assert window.toasts.text == ""
    clock.moment += timedelta(hours=1)
    duties.look()
    rest(window, qtbot)
    assert "Call Wei" in window.toasts.text
    button = {each.text(): each for each in window.toasts.buttons}
    button[tr("remind.later")].click()
    rest(window, qtbot)
    duties.look()
    rest(window, qtbot)
    assert window.toasts.text == ""
    clock.moment += timedelta(hours=1)
    duties.look()
    rest(window, qtbot)
    assert "Call Wei" in window.toasts.text
    button = {each.text(): each for each in window.toasts.buttons}
    button[tr("remind.done")].click()
    rest(window, qtbot)
    assert services.records.card(Kind.ACTIVITY, activity).values["done_at"] is not None
    clock.moment += timedelta(hours=5)
    duties.look()
    rest(window, qtbot)
    assert "Reminder" not in window.toasts.text


def test_a_synced_folder_is_warned_of_until_the_user_has_enough(
    window: MainWindow, services: Services, qtbot: Any
) -> None:
    duties = opened(window, services, qtbot)
    warnings = (Problem("book.synced_folder", "path", {"service": "Dropbox"}),)
    duties.warn_of_place(())
    assert "place" not in window.banners.texts()
    duties.warn_of_place(warnings)
    assert "Dropbox" in window.banners.texts()["place"]
    buttons = {b.text(): b for b in window.banners._shown["place"].buttons}
    buttons[tr("shell.warn_no_more")].click()
    duties.warn_of_place(warnings)
    assert "place" not in window.banners.texts()


def test_undo_names_what_it_kept(window: MainWindow, services: Services, qtbot: Any) -> None:
    opened(window, services, qtbot)
    wei = services.records.create(Kind.PERSON, {"name": "张伟"})
    services.records.update(Kind.PERSON, wei, {"notes": "one", "department": "x"})
    gesture = services.history.undoable()
    services.records.update(Kind.PERSON, wei, {"notes": "two"})
    assert gesture is not None
    window.told_undo(services.history.undo(gesture.id), "undone")
    assert f"{tr('field.person.notes')} (张伟)" in window.toasts.text


def test_the_menu_names_the_stage(window: MainWindow, services: Services, qtbot: Any) -> None:
    opened(window, services, qtbot)
    deal = services.records.create(Kind.OPPORTUNITY, {"title": "CNC"})
    stages = [item for item in services.lists.items("stage") if item.code]
    services.opportunities.move(deal, stages[1].id)
    rest(window, qtbot)
    words = window.commands.action("undo").text()
    assert tr(f"list.stage.{stages[1].code}") in words
    assert str(stages[1].id) not in words
