"""A window whose overrides fail now and then, at any depth: `python -m tests.ui.stormy SEED`.

Prints how often an error came back to Python and "lived" at the end.
"""

from __future__ import annotations

import random
import sys
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QProxyStyle,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import crm_desktop.ui  # noqa: F401  # what makes errors whole

_ROUNDS = 12
_OFTEN = 0.03
chance = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
weather = {"often": 0.0}


def perhaps_fail() -> None:
    """One of five errors: three of them come from C code."""
    if chance.random() < weather["often"]:
        choice = chance.randrange(5)
        if choice == 0:
            int("x")
        elif choice == 1:
            QSize("wide")  # type: ignore[call-overload]
        elif choice == 2:
            [][chance.randrange(3)]
        elif choice == 3:
            raise ValueError("no")
        else:
            raise KeyError


class Failing:
    """Overrides of a mixin, as a page has them beside its own."""

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)  # type: ignore[misc]
        if event.type() == QEvent.Type.LanguageChange:
            perhaps_fail()
            self.act()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)  # type: ignore[misc]
        self.act()
        perhaps_fail()

    def event(self, event: Any) -> bool:
        perhaps_fail()
        return bool(super().event(event))  # type: ignore[misc]

    def sizeHint(self) -> Any:
        perhaps_fail()
        return super().sizeHint()  # type: ignore[misc]

    def eventFilter(self, watched: Any, event: Any) -> bool:
        perhaps_fail()
        return bool(super().eventFilter(watched, event))  # type: ignore[misc]

    def act(self) -> None:
        """Something that leads back into Qt."""
        widget: Any = self
        if hasattr(widget, "setText") and chance.random() < 0.3:
            widget.setText("words " * chance.randrange(4))
        if chance.random() < 0.1:
            widget.setFocus()
            widget.updateGeometry()


class Box(Failing, QWidget):
    pass


class Words(Failing, QLabel):
    pass


class Press(Failing, QPushButton):
    pass


class Typed(Failing, QLineEdit):
    pass


class Look(QProxyStyle):
    """Asked in the middle of everything."""

    def pixelMetric(self, *args: Any) -> int:
        perhaps_fail()
        return int(super().pixelMetric(*args))


def box(depth: int) -> Box:
    made = Box()
    column = QVBoxLayout(made)
    for kind in (Words, Press, Typed):
        part = kind(made)
        part.installEventFilter(made)
        column.addWidget(part)
    for _ in range(2 if depth else 0):
        column.addWidget(box(depth - 1))
    return made


def main() -> None:
    app = QApplication([])
    sys.excepthook = lambda *_: None
    look = Look("fusion")
    app.setStyle(look)
    top = box(3)
    top.show()
    app.processEvents()
    weather["often"], came_back = _OFTEN, 0

    def speak() -> None:
        QCoreApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)

    def resize() -> None:
        top.resize(300 + chance.randrange(500), 300 + chance.randrange(300))

    for _ in range(_ROUNDS):
        for step in (speak, app.processEvents, resize, app.processEvents):
            try:
                step()
            except Exception:
                came_back += 1
    weather["often"] = 0.0
    sys.stdout.write(f"{came_back} lived\n")


if __name__ == "__main__":
    main()
