"""No test begins with a key held by the one before it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_begins_with_no_key_down(qtbot: Any, turn: int) -> None:
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
    field = QLineEdit()
    qtbot.addWidget(field)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
