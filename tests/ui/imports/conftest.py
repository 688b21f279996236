"""A window over a real book with the import page, and files made for each test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from crm_desktop.ui.imports.page import ImportPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.imports.hands import Press

HEADER = ("客户名称", "联系人", "手机", "邮箱", "生日")
ROWS = (
    ("苏州恒远精密机械有限公司", "张伟", "13812345678", "zhang@example.com", "1985-08-15"),
    ("苏州恒远精密机械有限公司", "李娜", "13912345678", "li@example.com", None),
    ("杭州绿源食品有限公司", "王芳", "13712345678", "not an address", "8月15日"),
)


@pytest.fixture
def start() -> Place:
    return Place("import")


@pytest.fixture
def page(opened: MainWindow) -> ImportPage:
    found = opened.area.page
    assert isinstance(found, ImportPage)
    return found


@pytest.fixture
def make_book(tmp_path: Path) -> Callable[..., Path]:
    """Writes workbooks: a title row, the header, rows."""

    def make(rows: Sequence[Sequence[Any]] = ROWS, name: str = "客户名单.xlsx") -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "客户"
        sheet.append(["客户信息表"])
        sheet.append(list(HEADER))
        for row in rows:
            sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def at_the_desk(opened: MainWindow, qtbot: Any) -> None:
    opened.resize(1280, 800)
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow, timeout=20000)


@pytest.fixture(params=["mouse", "keys"])
def press(request: pytest.FixtureRequest, qtbot: Any) -> Press:
    """Presses a button in sight: clicks it, or goes there with Tab and presses the space bar."""

    def click(button: QAbstractButton) -> None:
        assert button.isVisible()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def keys(button: QAbstractButton) -> None:
        assert button.isEnabled(), button.text()
        for _ in range(200):
            focus = QApplication.focusWidget()
            assert focus is not None
            if focus is button:
                QTest.keyClick(button, Qt.Key.Key_Space)
                return
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {button.text()}")

    return click if request.param == "mouse" else keys
