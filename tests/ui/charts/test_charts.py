"""Charts: honest heights, keys on click, the same picture every time."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crm_desktop.ui.charts import (
    Ageing,
    Bars,
    Chart,
    ChartView,
    Funnel,
    HBars,
    Lines,
    Point,
    Series,
    Spot,
    StackedBars,
    paint_chart,
)
from crm_desktop.ui.charts.scale import ticks
from crm_desktop.ui.theme import theme
from crm_desktop.ui.theme.look import apply_look
from crm_desktop.ui.theme.tokens import LIGHT

POINTS = [Point("Lead", 100, "lead"), Point("Quoted", Decimal(400), "quoted", note="6")]
CHARTS: list[Chart] = [
    Bars(POINTS),
    HBars(POINTS),
    StackedBars(["Jan", "Feb"], [Series("a", [1, 2], ["a1", "a2"]), Series("b", [3, -4])]),
    Lines(["Jan", "Feb"], [Series("2026", [1, None], ["x", "y"]), Series("2025", [2, 3])]),
    Funnel(POINTS, ["25%"]),
    Ageing(POINTS),
]
EMPTY: list[Chart] = [
    Bars([]), HBars([]), StackedBars([], []), Lines([], []), Funnel([]), Ageing([]),
    Bars([Point("none", 0)]), HBars([Point("none", 0)]), Funnel([Point("none", 0)]),
    Ageing([Point("none", 0)]), Lines(["Jan"], [Series("", [0])]),
]  # fmt: skip


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    apply_look(qapp, "light")


def drawn(chart: Chart) -> tuple[QImage, list[Spot]]:
    picture = QImage(400, 240, QImage.Format.Format_ARGB32)
    picture.fill(QColor(LIGHT.surface))
    painter = QPainter(picture)
    font = theme().font("small")
    spots = paint_chart(painter, QRectF(0, 0, 400, 240), chart, tokens=LIGHT, font=font)
    painter.end()
    return picture, spots


@given(
    st.floats(-1e9, 0, allow_subnormal=False),
    st.floats(0, 1e9, allow_subnormal=False),
)
def test_ticks_are_round_and_reach_round_the_values(low: float, high: float) -> None:
    if high - low < 1e-6:
        return
    marks = ticks(low, high)
    step = marks[1] - marks[0]
    assert marks[0] <= low + step * 1e-6
    assert marks[-1] >= high - step * 1e-6
    assert 2 <= len(marks) <= 8
    assert min(abs(mark) for mark in marks) < step * 1e-6


def test_lengths_are_in_proportion() -> None:
    picture, _ = drawn(HBars(POINTS))
    accent = QColor(LIGHT.accent)

    def length(row: int) -> int:
        return sum(picture.pixelColor(x, row) == accent for x in range(400))

    rows = [length(y) for y in range(240)]
    longest, shortest = max(rows), max(rows[: rows.index(max(rows)) - 6])
    assert longest / shortest == pytest.approx(4, rel=0.05)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: type(c).__name__)
def test_every_number_is_told_and_stays_inside(chart: Chart) -> None:
    _, spots = drawn(chart)
    assert spots
    assert all(spot.text and spot.area.left() >= -1 for spot in spots)
    assert any(spot.key is not None for spot in spots)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: type(c).__name__)
def test_the_same_numbers_give_the_same_picture(chart: Chart) -> None:
    assert drawn(chart)[0] == drawn(chart)[0]


@pytest.mark.parametrize("chart", EMPTY, ids=lambda c: type(c).__name__)
def test_nothing_is_no_trouble(chart: Chart) -> None:
    drawn(chart)


def test_a_click_and_enter_open_what_is_behind(qtbot: QtBot) -> None:
    view = ChartView(HBars(POINTS), name="Open pipeline")
    qtbot.addWidget(view)
    view.resize(400, 80)
    view.show()
    view.grab()
    told: list[object] = []
    view.clicked.connect(told.append)
    place = view.spots()[1].area.center().toPoint()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told == ["quoted", "lead"]
    assert view.accessibleDescription() == "Lead\n100"


def test_a_picture_for_the_clipboard(qtbot: QtBot) -> None:
    view = ChartView(Bars(POINTS))
    qtbot.addWidget(view)
    picture = view.image(480, 240)
    assert (picture.width(), picture.height()) == (960, 480)
    assert picture.pixelColor(0, 0) == QColor(LIGHT.surface)
