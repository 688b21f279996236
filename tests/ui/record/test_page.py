"""The page of a record: notes, next step, timeline, neighbours, trash, kinds of their own."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.domain.queries import from_plain
from crm_desktop.ui.language import set_language
from crm_desktop.ui.places import Place
from crm_desktop.ui.record.peek import PersonPeek
from crm_desktop.ui.record.several import PointsField
from crm_desktop.ui.record.timeline_rows import FILTERS
from crm_desktop.ui.record.trail import keep_trail
from tests.ui.record.conftest import Desk, compose


def test_a_note_costs_one_line_and_one_key(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.note.text.setFocus()
    compose(page.note.text, "要便宜 5%")
    QTest.keyClick(page.note.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert page.note.text.text() == ""
    titles = [row.title for row in page.timeline.view.rows.rows()]
    assert any("要便宜 5%" in title for title in titles)


def test_a_call_is_logged_by_its_button(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.header.buttons["log"].click()
    assert page.note.text.hasFocus()
    compose(page.note.text, "同意价格")
    page.note.save()
    desk.settle()
    entry = desk.services.timeline.of(Ref(Kind.PERSON, desk.person))[0]
    assert entry.type_id == desk.services.lists.by_code("activity_type", "call").id


def test_what_is_to_be_written_in_comes_into_view(desk: Desk) -> None:
    for number in range(30):
        desk.services.activities.log(Ref(Kind.PERSON, desk.person), f"Note {number}")
    page = desk.open("person", desk.person)
    for command, part in (("log", page.note), ("new_followup", page.next_step)):
        bar = page.zones.middle.verticalScrollBar()
        bar.setValue(bar.maximum())
        assert part.visibleRegion().isEmpty()
        page.run_handler(command)
        assert not part.visibleRegion().isEmpty()


def test_a_half_written_note_waits_for_its_record(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.note.text.setFocus()
    compose(page.note.text, "写到一半")
    page = desk.open("person", desk.colleague)
    assert page.note.text.text() == ""
    page = desk.open("person", desk.person)
    assert page.note.text.text() == "写到一半"


def test_done_offers_the_next(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    assert page.next_step.subject.text() == "确认报价"
    assert page.handles("done")
    page.run_handler("done")
    desk.settle()
    assert page.next_step.plan_line.isVisible()
    assert page.next_step.none_chip.isVisible()
    assert not page.handles("done")
    compose(page.next_step.plan_line, "明天下午3点打电话确认合同")
    QTest.keyClick(page.next_step.plan_line, Qt.Key.Key_Return)
    desk.settle()
    step = desk.value(Kind.PERSON, desk.person, "next_step")
    assert step.day.isoformat() == "2026-11-21"
    assert step.at.hour == 15
    assert "合同" in page.next_step.subject.text()


def test_later_keeps_the_promise(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.run_handler("later")
    popover = page.next_step._later_choices
    assert popover.isVisible()
    page.next_step._put_off_to(desk.services.clock.today().replace(day=24))
    desk.settle()
    item = desk.services.activities.item(desk.step)
    assert item.show_from.day == 24
    assert item.due.day.day == 20


def test_the_timeline_is_filtered_and_tells_changes(desk: Desk) -> None:
    desk.services.records.update(Kind.PERSON, desk.person, {"title": "总监"})
    page = desk.open("person", desk.person)
    for wanted in FILTERS:
        page.timeline.filter_by(wanted)
        desk.settle()
    page.timeline.filter_by("changes")
    rows = page.timeline.view.rows.rows()
    assert all(row.heading or row.icon == "pencil" for row in rows)
    assert any("Job title: 采购经理 → 总监" in row.spoken for row in rows)
    page.timeline.filter_by("all")
    every = page.timeline.view.rows.rows()
    assert len(every) >= len(rows)
    page.timeline.filter_by("notes")
    assert not page.timeline.view.isVisible()


def test_the_timeline_tells_what_hangs_on_a_person(desk: Desk) -> None:
    services = desk.services
    services.records.update(Kind.PERSON, desk.person, {"mobile": ("13900000002",), "tags": ()})
    services.records.update(Kind.PERSON, desk.person, {"mobile": ()})
    services.gifts.add(desk.person, Gift("龙井", on=date(2026, 11, 1), value=Decimal(200)))
    services.anniversaries.add(desk.person, Anniversary("Wedding", Birthday(5, 1, 2010)))
    side = services.records.create(Kind.COMPANY, {"name": "海拓"})
    services.people.end_job(services.people.add_job(desk.person, side, "顾问"), date(2026, 11, 1))
    spouse = services.lists.by_code("relation", "spouse").id
    services.people.add_relation(desk.person, desk.colleague, spouse)
    page = desk.open("person", desk.person)
    page.timeline.filter_by("changes")
    spoken = [row.spoken for row in page.timeline.view.rows.rows()]
    assert any("Mobile: 139 0000 0002 → empty" in text for text in spoken), spoken
    assert any("Gifts: empty → 龙井 · Given · 1 Nov · ¥200" in text for text in spoken), spoken
    assert any("Anniversaries: empty → Wedding · 1 May 2010" in text for text in spoken), spoken
    assert any("Companies: empty → 海拓 · 顾问" in text for text in spoken), spoken
    assert any("海拓 · 顾问 → 海拓 · 顾问 · left 1 Nov" in text for text in spoken), spoken
    assert any("Relations: empty → 李娜 · Spouse" in text for text in spoken), spoken


def test_next_and_previous_keep_the_list(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    keep_trail(
        page.context,
        "contacts",
        Kind.PERSON,
        [desk.colleague, desk.person],
        title="华东",
        back=Place("contacts"),
    )
    page = desk.open("person", desk.colleague, trail="contacts")
    assert page.crumb.position.text() == "1 of 2"
    assert page.crumb.list_link.text() == "Contacts › 华东"
    assert not page.handles("previous")
    assert page.handles("next")
    page.run_handler("next")
    desk.settle()
    assert page.title() == "张伟"
    assert page.crumb.position.text() == "2 of 2"
    assert desk.window.navigator.here == Place.record("person", desk.person, trail="contacts")
    assert not page.handles("next")
    page.run_handler("previous")
    desk.settle()
    assert page.title() == "李娜"
    assert page.crumb.position.text() == "1 of 2"


def test_trash_and_back(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.run_handler("delete")
    desk.settle()
    assert page.trashed.isVisible()
    assert not page.zones.isEnabled()
    page.restore_record()
    desk.settle()
    assert not page.trashed.isVisible()
    assert page.zones.isEnabled()


def test_a_record_that_is_gone_is_told(desk: Desk) -> None:
    page = desk.open("person", 4711)
    assert "no longer" in page.trashed.accessibleName()


def test_linked_records_are_made_in_place(desk: Desk) -> None:
    page = desk.open("company", desk.company)
    panel = page.related.panels[Kind.PERSON]
    assert panel._count == 2
    page.related.start_new(Kind.PERSON)
    compose(panel.new_line, "王芳")
    QTest.keyClick(panel.new_line, Qt.Key.Key_Return)
    desk.settle()
    assert panel._count == 3
    assert len(desk.services.people.colleagues(desk.company)) == 3


def test_stages_by_key_and_lost_with_a_reason(desk: Desk) -> None:
    page = desk.open("opportunity", desk.opportunity)
    stages = desk.services.opportunities.stages()
    page.run_handler("stage_on")
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "stage") == stages[1].id
    page.run_handler("stage_back")
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "stage") == stages[0].id
    page.stages.lose()
    popover = page.stages.popover
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "state") == "open"
    page.stages.lose()
    page.stages.popover.reasons[0].click()
    compose(page.stages.popover.lesson, "早点报价")
    page.stages.popover.confirm()
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "state") == "lost"
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "lesson") == "早点报价"
    page.stages.buttons["reopen"].click()
    desk.settle()
    page.stages.win()
    desk.settle()
    assert desk.value(Kind.OPPORTUNITY, desk.opportunity, "state") == "won"


def test_a_ticket_moves_on(desk: Desk) -> None:
    page = desk.open("ticket", desk.ticket)
    page.states.buttons["in_progress"].click()
    desk.settle()
    assert desk.value(Kind.TICKET, desk.ticket, "state") == "in_progress"
    assert page.states.buttons["in_progress"].isChecked()
    stars = page.story.rows["satisfaction"]._live
    stars._choose(4)
    desk.settle()
    assert desk.value(Kind.TICKET, desk.ticket, "satisfaction") == 4


def test_files_are_kept_with_the_record(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "图纸.pdf"
    file.write_bytes(b"%PDF-1.4")
    page = desk.open("person", desk.person)
    page.related.extras.add_files([file])
    desk.settle()
    assert [f.name for f in desk.services.attachments.of(Ref(Kind.PERSON, desk.person))] == [
        "图纸.pdf"
    ]
    assert page.related.extras.panels["files"]._count == 1


def test_another_language_keeps_what_is_typed(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.note.text.setFocus()
    compose(page.note.text, "别丢")
    set_language("zh")
    desk.settle()
    assert page.header.buttons["log"].text() == "记一笔"
    assert page.note.text.text() == "别丢"


@pytest.mark.parametrize("kind", ["person", "company"])
def test_facts_story_and_neighbours_stand_side_by_side(desk: Desk, kind: str) -> None:
    page = desk.open(kind, getattr(desk, kind))

    def box(widget: QWidget) -> QRect:
        assert widget.isVisible()
        return QRect(widget.mapTo(page, QPoint()), widget.size())

    facts, story, related = (box(part) for part in (page.facts, page.timeline, page.related))
    assert facts.right() < story.left()
    assert story.right() < related.left()
    column = [box(part) for part in (page.next_step, page.figures, page.note, page.timeline)]
    assert [each.top() for each in column] == sorted(each.top() for each in column)
    assert page.next_step.subject.text() == "确认报价"
    assert {each.left() for each in column} == {story.left()}


def test_the_page_fits_small_windows(desk: Desk) -> None:
    for kind in ("person", "company", "opportunity", "ticket", "product"):
        page = desk.open(kind, getattr(desk, kind))
        assert page.minimumSizeHint().width() <= 1024 - 208
        desk.window.resize(1024, 600)
        desk.settle()
        desk.window.resize(1280, 800)


def test_the_peek_follows_the_list(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    peek = PersonPeek(page.context)
    desk.qtbot.addWidget(peek)
    peek.resize(440, 700)
    peek.show()
    peek.show_record(desk.colleague)
    peek.show_record(desk.person)
    desk.qtbot.waitUntil(lambda: peek.header.name.text() == "张伟")
    assert peek.next_step.subject.text() == "确认报价"
    desk.services.records.update(Kind.PERSON, desk.person, {"title": "总监"})
    desk.settle()
    assert peek.header.subtitle.text() == "总监"
    peek.show_record(None)
    assert not peek.column.isVisible()


def test_the_peek_edits_and_keeps_drafts(desk: Desk) -> None:
    page = desk.open("company", desk.company)
    peek = PersonPeek(page.context)
    desk.qtbot.addWidget(peek)
    peek.resize(440, 700)
    peek.show()
    peek.show_record(desk.person)
    desk.qtbot.waitUntil(lambda: peek.header.name.text() == "张伟")
    compose(peek.note.text, "先记着")
    row = next(row for row in peek.rows if row.field.key == "mobile")
    row.edit()
    editor = row._editor
    assert editor is not None
    assert isinstance(editor.inner, PointsField)
    editor.inner.lines()[0].setText("13700001111")
    peek.show_record(desk.colleague)
    desk.qtbot.waitUntil(lambda: peek.header.name.text() == "李娜")
    assert peek.note.text.text() == ""
    assert desk.value(Kind.PERSON, desk.person, "mobile") == ("13700001111",)
    peek.show_record(desk.person)
    desk.qtbot.waitUntil(lambda: peek.note.text.text() == "先记着")


def test_every_thing_has_a_name(desk: Desk) -> None:
    for kind in ("person", "company", "opportunity", "ticket", "product"):
        page = desk.open(kind, getattr(desk, kind))
        nameless = [
            widget
            for widget in page.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(page)
            and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        ]
        assert not nameless, kind


def test_numbers_open_their_rows(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.figures.open_figure("open_deals")
    here = desk.window.navigator.here
    assert here is not None
    assert here.page == "opportunities"
    query = from_plain(json.loads(here.wish("query")))
    assert list(desk.services.records.ids(Kind.OPPORTUNITY, query)) == [desk.opportunity]


def test_folded_panels_are_remembered(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.related.panels[Kind.TICKET].head.set_open(False)
    state = page.state()
    assert state["folded"] == ["ticket"]
    page.related.panels[Kind.TICKET].head.set_open(True)
    page.restore(state)
    assert not page.related.panels[Kind.TICKET].head.is_open()


def test_a_quote_in_one_click(desk: Desk) -> None:
    page = desk.open("opportunity", desk.opportunity)
    assert page.handles("new_quote")
    page.header.buttons["quote"].click()
    desk.settle()
    here = desk.window.navigator.here
    assert here is not None
    assert here.page == "quote"
    assert desk.value(Kind.QUOTE, here.id or 0, "opportunity").id == desk.opportunity


def test_what_was_done_is_corrected_from_the_timeline(desk: Desk) -> None:
    ref = Ref(Kind.PERSON, desk.person)
    done = desk.services.activities.log(ref, "谈价格", "call")
    page = desk.open("person", desk.person)
    page.timeline.view.opened.emit(Ref(Kind.ACTIVITY, done, "谈价格"))
    popover = page.timeline.popover
    assert popover.isVisible()
    row = popover.rows["outcome"]
    row.edit()
    compose(row._editor.inner, "同意 5%")
    popover.rows["subject"].line.setFocus()
    desk.settle()
    assert desk.value(Kind.ACTIVITY, done, "outcome") == "同意 5%"
    popover.trash()
    desk.settle()
    titles = [row.title for row in page.timeline.view.rows.rows()]
    assert not any("谈价格" in title for title in titles)
