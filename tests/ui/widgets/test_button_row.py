"""The answers of a panel stand in one order, that of the platform, and Tab goes along it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.ui.widgets import Button, ButtonRow, PrimaryButton
from crm_desktop.ui.widgets.keyboard import next_in_chain

_LAYOUT = QDialogButtonBox.ButtonLayout


class _Platform(QProxyStyle):
    """Says which order the answers of a box have."""

    def __init__(self, layout: _LAYOUT) -> None:
        super().__init__("Fusion")
        self._layout = layout

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803
    ) -> int:
        if hint is QStyle.StyleHint.SH_DialogButtonLayout:
            return int(self._layout.value)
        return super().styleHint(hint, option, widget, returnData)


@pytest.mark.parametrize(
    ("layout", "order"),
    [
        (_LAYOUT.WinLayout, ["Save", "Only here", "Cancel"]),
        (_LAYOUT.KdeLayout, ["Save", "Only here", "Cancel"]),
        (_LAYOUT.MacLayout, ["Cancel", "Only here", "Save"]),
        (_LAYOUT.GnomeLayout, ["Cancel", "Only here", "Save"]),
    ],
)
def test_as_the_platform_has_it(
    layout: _LAYOUT, order: list[str], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    style = _Platform(layout)
    monkeypatch.setattr(QWidget, "style", lambda _widget: style)
    left: list[str] = []
    panel, bin_button = QWidget(), Button("Remove")
    qtbot.addWidget(panel)
    row = ButtonRow(
        PrimaryButton("Save"),
        Button("Only here"),
        on_cancel=lambda: left.append("cancelled"),
        aside=(bin_button,),
    )
    QVBoxLayout(panel).addLayout(row)
    panel.resize(600, 60)
    panel.show()
    monkeypatch.undo()
    buttons = sorted(panel.findChildren(Button), key=lambda button: button.x())
    assert [button.text() for button in buttons] == ["Remove", *order]
    assert bin_button.geometry().right() + 40 < buttons[1].x()  # the answers at the other edge
    ring = [row.answers[0]]
    while len(ring) < len(order):
        following = next_in_chain(ring[-1])
        assert isinstance(following, Button)
        ring.append(following)
    assert [button.text() for button in ring] == order
    row.cancel.click()
    assert left == ["cancelled"]
