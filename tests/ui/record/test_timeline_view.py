"""Rows of the timeline: as high as what is painted in them, long texts in few lines."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.fields import FieldType
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.settings import Settings
from crm_desktop.ui.language import set_language
from crm_desktop.ui.record.timeline_rows import ChangeLine, TimelineRow
from crm_desktop.ui.record.timeline_view import TimelineView, paragraphs
from crm_desktop.ui.shell.window import dress
from tests.ui.record.conftest import Desk

LONG = "A long note that says where this customer comes from and what he likes. " * 30
ROWS = (
    TimelineRow(
        "International Consolidated Precision Machinery → Lead", when="09:30", icon="phone"
    ),
    TimelineRow("Call", text=LONG, when="09:30", icon="phone"),
    TimelineRow("Changed", when="09:30", icon="pencil", changes=(ChangeLine("Notes", LONG, LONG),)),
)


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot) -> TimelineView:
    made = TimelineView()
    qtbot.addWidget(made)
    return made


def painted(view: TimelineView, row: int, below: int) -> QImage:
    """A row on a ground that goes on `below` it."""
    index = view.rows.index(row)
    size = view.sizeHintForIndex(index)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, size.width(), size.height())
    picture = QImage(size.width(), size.height() + below, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    view.itemDelegate().paint(painter, option, index)
    painter.end()
    return picture


@pytest.mark.parametrize("text", [100, 150])
@pytest.mark.parametrize("width", range(300, 320))
def test_no_row_reaches_into_the_next(
    view: TimelineView, dressed: QApplication, width: int, text: int
) -> None:
    dress(dressed, Settings(language="en", theme="light", text_size=text))
    view.resize(width, 600)
    view.show()
    view.show_rows(ROWS)
    for row in range(len(ROWS)):
        picture = painted(view, row, below=60)
        below = picture.copy(0, picture.height() - 60, picture.width(), 60)
        empty = QImage(below.size(), below.format())
        empty.fill(Qt.GlobalColor.white)
        assert below == empty, row


def test_a_long_text_ends_in_dots_and_is_told_by_the_tip(view: TimelineView) -> None:
    view.resize(320, 600)
    view.show()
    view.show_rows(ROWS)
    short, long, changed = (view.sizeHintForIndex(view.rows.index(row)) for row in range(3))
    assert long.height() < 12 * short.height() / 2
    assert changed.height() < 12 * short.height() / 2
    tip = view.rows.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert LONG.strip()[-40:] in tip
    assert view.rows.index(0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert view.rows.index(1).data().count(LONG.strip()[:40]) == 30  # copied and read aloud whole


def test_a_long_note_is_not_told_twice(desk: Desk) -> None:
    desk.services.activities.log(Ref(Kind.PERSON, desk.person), LONG, "call")
    page: Any = desk.open("person", desk.person)
    row = next(row for row in page.timeline.view.rows.rows() if LONG.strip() in row.text)
    assert row.title == "Call"


def test_both_sides_of_a_long_change_are_seen(desk: Desk) -> None:
    records = desk.services.records
    records.update(Kind.PERSON, desk.person, {"notes": LONG})
    records.update(Kind.PERSON, desk.person, {"notes": "Retired"})
    page: Any = desk.open("person", desk.person)
    view = page.timeline.view
    rows = view.rows.rows()
    at = next(n for n, row in enumerate(rows) if any(c.after == "Retired" for c in row.changes))
    (words,) = [
        words
        for role, lines in paragraphs(rows[at], 340)
        for words in [" ".join(lines)]
        if role == "body"
    ]
    assert words.startswith("Notes: A long note that says")
    assert words.endswith("… → Retired")


def test_birthdays_and_own_fields_are_told_in_the_words_of_the_language(desk: Desk) -> None:
    services = desk.services
    size = services.custom.add(Kind.PERSON, "鞋码", FieldType.NUMBER)
    vip = services.custom.add(Kind.PERSON, "VIP", FieldType.BOOLEAN)
    for values in (
        {"birthday": Birthday(3, 5, 1980), size: 42, vip: True},
        {"birthday": Birthday(4, 8, lunar=True), size: None, vip: False},
    ):
        services.records.update(Kind.PERSON, desk.person, values)
    page = desk.open("person", desk.person)
    page.timeline.filter_by("changes")
    said = page.timeline.view.rows.rows()[1].spoken
    for line in ("Birthday: 5 Mar 1980 → lunar 4/8", "鞋码: 42 → empty", "VIP: yes → no"):
        assert line.casefold() in said.casefold(), said
    set_language("zh")
    page.timeline.retranslate()
    said = page.timeline.view.rows.rows()[1].spoken
    for line in ("1980年3月5日 → 农历四月初八", "42 → 空", "VIP"):
        assert line in said, said


def test_a_new_picture_and_a_removed_field_are_told(desk: Desk) -> None:
    services = desk.services
    key = services.custom.add(Kind.PERSON, "喜欢的酒", FieldType.TEXT)
    services.records.update(Kind.PERSON, desk.person, {key: "红酒"})
    services.custom.remove(Kind.PERSON, key)
    services.people.set_picture(desk.person, b"\x89PNG\r\n\x1a\n picture")
    page = desk.open("person", desk.person)
    page.timeline.filter_by("changes")
    said = "\n".join(row.spoken for row in page.timeline.view.rows.rows())
    assert "Photo: empty → a new one" in said
    assert "喜欢的酒: empty → 红酒" in said
