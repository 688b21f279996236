"""Our own bugs: reported once, without anything of the customers."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from crm_desktop.settings import Settings
from crm_desktop.ui.shell.faults import Faults, describe
from crm_desktop.ui.shell.window import MainWindow, dress
from crm_desktop.ui.theme.tokens import SCALES


def broken(name: str) -> None:
    raise ValueError(f"cannot call {name}")


def caught(name: str) -> ValueError:
    try:
        broken(name)
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_holds_places_but_no_data() -> None:
    text = describe(caught("张伟 13812345678"))
    assert "ValueError" in text
    assert "test_faults.py" in text
    assert "broken" in text
    assert "张伟" not in text
    assert "13812345678" not in text


def test_the_same_fault_is_told_once_a_minute(tmp_path: Path, qtbot: Any) -> None:
    faults = Faults(tmp_path)
    told: list[str] = []
    faults.told.connect(told.append)
    for _ in range(50):
        faults.report(caught("x"))
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert faults.file.read_text(encoding="utf-8").count("ValueError") == 1


def test_a_fault_in_a_thread_reaches_the_banner(window: MainWindow, qtbot: Any) -> None:
    error = caught("x")
    thread = threading.Thread(target=lambda: window.faults.report(error))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "fault" in window.banners.texts())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SCALES)
def test_the_banner_has_room_for_its_words(
    window: MainWindow, qtbot: Any, dressed: QApplication, language: str, size: int
) -> None:
    dress(dressed, Settings(language=language, theme="light", text_size=size))
    window.resize(window.minimumSize())
    window.tenancy.fault_told("report")
    for part in window.banners.findChildren(QLabel):
        qtbot.waitUntil(lambda part=part: part.height() >= part.heightForWidth(part.width()) > 0)
    for button in window.banners.findChildren(QPushButton):
        assert button.width() >= button.minimumSizeHint().width()
        assert button.height() >= button.minimumSizeHint().height()
    assert window.banners.width() == window.area.width()
