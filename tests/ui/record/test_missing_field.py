"""A click on what is missing opens its field, and the field can be seen."""

from __future__ import annotations

from tests.ui.record.conftest import Desk


def test_the_field_that_is_opened_is_in_sight(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    desk.window.resize(1280, 700)
    desk.settle()
    row = page.facts.rows["birthday"]
    assert row.visibleRegion().isEmpty()  # folded, and below the edge of the window
    page.fill_in("birthday")
    desk.settle()
    assert row.is_editing
    assert row.visibleRegion().boundingRect().height() == row.height()
