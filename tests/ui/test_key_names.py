"""Keys are written in Chinese as people write them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from crm_desktop.ui import language


@pytest.fixture
def chinese(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Qt's words in Chinese, as they follow the language of the window."""
    monkeypatch.setattr(language, "_qt_words_follow", True)
    app = QCoreApplication.instance()
    assert app is not None
    before = language.language()
    language.set_language("zh")
    language._install_qt_words(app)
    yield
    language.set_language(before)
    language._install_qt_words(app)


@pytest.mark.usefixtures("chinese")
def test_arrows_are_signs_and_the_rest_is_chinese() -> None:
    native = QKeySequence.SequenceFormat.NativeText
    assert QKeySequence("Alt+Left").toString(native) == "Alt+←"
    assert QKeySequence("Ctrl+Shift+Right").toString(native) == "Ctrl+Shift+→"
    assert QKeySequence("Backspace").toString(native) == "退格"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_english_keys_are_as_they_were(chinese: None) -> None:
    language.set_language("en")
    native = QKeySequence.SequenceFormat.NativeText
    assert QKeySequence("Alt+Left").toString(native) == "Alt+Left"
