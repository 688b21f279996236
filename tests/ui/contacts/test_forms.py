"""Jobs, relations, days, gifts, files, branches, standing, QR code and star, also by keyboard."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from crm_desktop.domain.anniversaries import Anniversary
from crm_desktop.domain.birthdays import Birthday
from crm_desktop.domain.gifts import Gift
from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui.contacts.anniversary_form import AnniversaryForm
from crm_desktop.ui.contacts.form_popover import FormPopover
from crm_desktop.ui.contacts.gift_form import GiftForm
from crm_desktop.ui.contacts.job_form import JobForm, job_text
from crm_desktop.ui.contacts.qr_popover import QUIET, QrPopover, paint_code
from crm_desktop.ui.contacts.reason_form import ReasonForm
from crm_desktop.ui.contacts.relation_form import RelationForm
from crm_desktop.ui.record.file_form import FileForm
from crm_desktop.ui.record.panel import LinkRow
from crm_desktop.ui.widgets import IconButton
from tests.ui.record.conftest import Desk, desk

__all__ = ["desk"]
Form = TypeVar("Form")


def form_of(page: Any, kind: type[Form]) -> Form:
    """The one open form of this class."""
    (form,) = [f for f in page.window().findChildren(kind) if f.isVisible()]
    assert isinstance(form, kind)
    return form


def press(page: Any, panel: str, act: str, row: int = 0) -> None:
    """Click the button of an act in a row of a panel."""
    rows = [r for r in page.related.extras.panels[panel].findChildren(LinkRow) if not r.isHidden()]
    icons = {b.accessibleName(): b for b in rows[row].findChildren(IconButton)}
    next(b for name, b in icons.items() if act in name).click()


def write(line: QLineEdit, text: str) -> None:
    """Type over what a line holds."""
    line.clear()
    QTest.keyClicks(line, text)


def save(desk: Desk, form: FormPopover) -> None:
    QTest.keyClick(form, Qt.Key.Key_Return)
    desk.settle()


def test_a_job_is_added_changed_ended_and_removed(desk: Desk) -> None:
    other = desk.services.records.create(Kind.COMPANY, {"name": "海拓"})
    page = desk.open("person", desk.person)
    panel = page.related.extras.panels["jobs"]
    panel.plus.click()
    form = form_of(page, JobForm)
    save(desk, form)  # no company chosen: it says so and stays
    assert form.isVisible()
    form.company.set_value(other, "海拓")
    form.title.setText("顾问")
    write(form.first, "2025-01-01")
    save(desk, form)
    jobs = desk.services.people.jobs(desk.person)
    assert [(job.company.title, job.title, job.from_date) for job in jobs if job.company][1] == (
        "海拓",
        "顾问",
        date(2025, 1, 1),
    )
    press(page, "jobs", "Edit the job at 海拓", 1)
    form = form_of(page, JobForm)
    write(form.last, "2024-01-01")
    save(desk, form)
    assert form.isVisible(), "the last day before the first one"
    write(form.last, "2026-10-31")
    save(desk, form)
    ended = desk.services.people.jobs(desk.person)[1]
    assert (ended.left, ended.to_date) == (True, date(2026, 10, 31))
    said = job_text(ended, date(2027, 1, 1))
    assert said == "顾问 · from 1 Jan 2025 · left 31 Oct 2026"
    press(page, "jobs", "again", 1)
    desk.settle()
    assert not desk.services.people.jobs(desk.person)[1].left
    press(page, "jobs", "Edit the job at 海拓", 1)
    form_of(page, JobForm).remove_button.click()
    desk.settle()
    assert len(desk.services.people.jobs(desk.person)) == 1
    desk.window.run_command("undo")
    desk.settle()
    assert len(desk.services.people.jobs(desk.person)) == 2


def test_a_job_form_sets_the_boss(desk: Desk) -> None:
    page = desk.open("person", desk.colleague)
    press(page, "jobs", "Edit the job")
    form = form_of(page, JobForm)
    assert [row[0] for row in form._colleagues("")] == [desk.person]
    form.boss.set_value(desk.person, "张伟")
    save(desk, form)
    assert desk.services.people.jobs(desk.colleague)[0].reports_to == Ref(
        Kind.PERSON, desk.person, "张伟"
    )


def test_relations_are_called_from_both_sides(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.related.extras.panels["relations"].plus.click()
    form = form_of(page, RelationForm)
    form.other.set_value(desk.colleague, "李娜")
    introduced = desk.services.lists.by_code("relation", "introduced").id
    form.type.set_value((introduced, True))
    form.note.setText("展会")
    save(desk, form)
    (row,) = page.related.extras.panels["relations"].findChildren(LinkRow)
    assert "Introduced by" in row.accessibleName()
    page = desk.open("person", desk.colleague)
    (row,) = page.related.extras.panels["relations"].findChildren(LinkRow)
    assert "Introduced by this person" in row.accessibleName()
    press(page, "relations", "Edit the relation")
    form = form_of(page, RelationForm)
    assert form.type.value() == (introduced, False)
    form.type.set_value((introduced, True))
    save(desk, form)
    (relation,) = desk.services.people.relations(desk.colleague)
    assert relation.outgoing
    press(page, "relations", "Edit the relation")
    form_of(page, RelationForm).remove_button.click()
    desk.settle()
    assert desk.services.people.relations(desk.colleague) == []


def test_gifts(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.related.extras.panels["gifts"].plus.click()
    form = form_of(page, GiftForm)
    save(desk, form)
    assert form.isVisible(), "a gift without a name"
    form.what.setText("龙井茶")
    write(form.value, "380")
    write(form.on, "2026-09-25")
    form.occasion.setText("中秋")
    form.way._chosen("received")
    save(desk, form)
    (gift,) = desk.services.gifts.of(desk.person)
    assert gift == Gift("龙井茶", True, date(2026, 9, 25), Decimal(380), "CNY", "中秋", "", gift.id)
    (row,) = page.related.extras.panels["gifts"].findChildren(LinkRow)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    form = form_of(page, GiftForm)
    form.what.setText("普洱茶")
    save(desk, form)
    assert desk.services.gifts.of(desk.person)[0].what == "普洱茶"
    press(page, "gifts", "Edit the gift")
    form_of(page, GiftForm).remove_button.click()
    desk.settle()
    assert desk.services.gifts.of(desk.person) == []


def test_anniversaries(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.related.extras.panels["anniversaries"].plus.click()
    form = form_of(page, AnniversaryForm)
    save(desk, form)
    assert form.isVisible(), "a day is missing"
    form.name.setText("结婚纪念日")
    form.day.set_value(Birthday(5, 20, 2010))
    save(desk, form)
    (kept,) = desk.services.anniversaries.of(desk.person)
    assert kept == Anniversary("结婚纪念日", Birthday(5, 20, 2010), kept.id)
    (row,) = page.related.extras.panels["anniversaries"].findChildren(LinkRow)
    assert row.accessibleName() == "结婚纪念日 · 20 May 2010"
    press(page, "anniversaries", "Edit the anniversary")
    form = form_of(page, AnniversaryForm)
    form.day.set_value(Birthday(4, 7, lunar=True))
    save(desk, form)
    assert desk.services.anniversaries.of(desk.person)[0].day == Birthday(4, 7, lunar=True)
    press(page, "anniversaries", "Edit the anniversary")
    form_of(page, AnniversaryForm).remove_button.click()
    desk.settle()
    assert desk.services.anniversaries.of(desk.person) == []
    desk.services.history.undo()
    assert len(desk.services.anniversaries.of(desk.person)) == 1


def test_a_file_has_a_type_a_version_and_an_end(desk: Desk) -> None:
    ref = Ref(Kind.PERSON, desk.person, "张伟")
    file = desk.services.attachments.add_bytes(ref, "license.pdf", b"x")
    page = desk.open("person", desk.person)
    press(page, "files", "Type, version and expiry")
    form = form_of(page, FileForm)
    kinds = desk.services.lists.items("attachment_type")
    form.type.set_value(kinds[0].id)
    write(form.version, "2.1")
    write(form.expires, "2026-12-01")
    save(desk, form)
    kept = desk.services.attachments.one(file)
    assert (kept.name, kept.type_id, kept.file_version, kept.expires_on) == (
        "license.pdf",
        kinds[0].id,
        "2.1",
        date(2026, 12, 1),
    )
    (row,) = page.related.extras.panels["files"].findChildren(LinkRow)
    assert row.accessibleName() == "license.pdf · valid until 1 Dec · Contract · v2.1 · 1 B"
    desk.services.attachments.set(file, expires_on=date(2026, 11, 1))
    desk.settle()
    (row,) = page.related.extras.panels["files"].findChildren(LinkRow)
    assert "expired 1 Nov" in row.accessibleName()


def test_tab_goes_through_a_form_from_top_to_bottom(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.related.extras.panels["jobs"].plus.click()
    form = form_of(page, JobForm)
    seen = []
    for _ in range(9):
        seen.append(form.window().focusWidget())
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
    assert seen == [
        form.company, form.title, form.department, form.first, form.last, form.left, form.boss,
        form.save_button, form.cancel_button,
    ]  # fmt: skip


def test_a_group_of_companies(desk: Desk) -> None:
    below = desk.services.records.create(Kind.COMPANY, {"name": "恒远上海"})
    page = desk.open("company", desk.company)
    panels = page.related.extras
    panels._link_chosen(
        panels.panels["branches"], panels.panels["branches"].new_line, "branches", below
    )
    desk.settle()
    assert desk.value(Kind.COMPANY, below, "parent").id == desk.company
    (row,) = panels.panels["branches"].findChildren(LinkRow)
    assert "恒远上海" in row.accessibleName()
    deal = desk.services.records.create(
        Kind.OPPORTUNITY, {"title": "o", "company": below, "amount": Decimal(500)}
    )
    desk.services.opportunities.win(deal)
    desk.settle()
    assert [f.value for f in page.figures.figures() if f.key == "group"] == ["¥500"]
    # Nobody stands above itself.
    page.editing.save("parent", below)
    desk.settle()
    assert desk.value(Kind.COMPANY, desk.company, "parent") is None
    press(page, "branches", "out of the group")
    desk.settle()
    assert desk.value(Kind.COMPANY, below, "parent") is None


def test_who_left_is_listed_and_can_come_back(desk: Desk) -> None:
    job = desk.services.people.jobs(desk.colleague)[0].id
    desk.services.people.end_job(job, date(2026, 11, 1))
    page = desk.open("company", desk.company)
    (row,) = page.related.extras.panels["others"].findChildren(LinkRow)
    assert "left" in row.accessibleName()
    press(page, "others", "again")
    desk.settle()
    assert not desk.services.people.jobs(desk.colleague)[0].left


def test_standing_says_what_is_missing_and_a_click_fills_it_in(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    assert "email" in page.standing.links
    page.standing.links["email"].click()
    assert page.facts.rows["email"].is_editing
    page.facts.rows["email"].leave()
    assert "recency" not in page.standing.score_words()
    desk.services.activities.log(Ref(Kind.PERSON, desk.person), "x", "call")
    desk.settle()
    assert page.standing._value.text() not in ("", "–")
    page.standing.why.click()
    assert "14 days" in page.standing.score_words()


def test_missing_people_of_a_company_are_added(desk: Desk) -> None:
    empty = desk.services.records.create(Kind.COMPANY, {"name": "空"})
    page = desk.open("company", empty)
    page.standing._show_all()
    page.standing.links["people_count"].click()
    assert page.related.panels[Kind.PERSON].new_line.isVisible()


@pytest.mark.parametrize("kind", ["person", "company"])
def test_the_qr_code_is_shown_and_saved(desk: Desk, tmp_path: Path, kind: str) -> None:
    page = desk.open(kind, getattr(desk, kind))
    assert page.qr.isVisible()
    page.run_handler("qr_code")
    desk.settle()
    popover = form_of(page, QrPopover)
    popover.save_to(tmp_path / "w.png")
    popover.save_to(tmp_path / "w.vcf")
    desk.settle()
    assert QImage(str(tmp_path / "w.png")).width() == 1024
    name = {"person": "张伟", "company": "苏州恒远精密机械有限公司"}[kind]
    assert f"FN:{name}" in (tmp_path / "w.vcf").read_text("utf-8")


def test_every_module_of_a_code_is_painted(dressed: object) -> None:
    modules = ((True, False), (False, True))
    side = (2 + 2 * QUIET) * 3
    image = QImage(side, side, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_code(painter, modules, side)
    painter.end()
    for row in range(2):
        for place in range(2):
            spot = image.pixelColor((QUIET + place) * 3 + 1, (QUIET + row) * 3 + 1)
            assert (spot.lightness() < 128) == modules[row][place]


def test_the_star_asks_why(desk: Desk) -> None:
    page = desk.open("company", desk.company)
    page.header.star.click()
    form = form_of(page, ReasonForm)
    form.reason.setText("行业标杆")
    save(desk, form)
    assert desk.value(Kind.COMPANY, desk.company, "important") is True
    assert desk.value(Kind.COMPANY, desk.company, "important_reason") == "行业标杆"
    assert "行业标杆" in page.header.star.accessibleName()


def test_the_star_is_kept_without_a_reason_too_and_taken_off_without_a_question(
    desk: Desk,
) -> None:
    page = desk.open("person", desk.person)
    star = page.header.star
    assert star.accessibleName() == "Mark as important"
    star.setFocus()
    QTest.keyClick(star, Qt.Key.Key_Space)
    form = form_of(page, ReasonForm)
    QTest.keyClick(form, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "important") is True
    assert not desk.value(Kind.PERSON, desk.person, "important_reason")
    assert star.accessibleName() == "Important, take the mark away"
    star.click()
    desk.settle()
    assert not [f for f in page.window().findChildren(ReasonForm) if f.isVisible()]
    assert not desk.value(Kind.PERSON, desk.person, "important")
    assert star.accessibleName() == "Mark as important"
    desk.services.history.undo()
    desk.settle()
    assert desk.value(Kind.PERSON, desk.person, "important") is True


def test_a_reason_given_once_is_there_when_the_star_comes_back(desk: Desk) -> None:
    page = desk.open("person", desk.person)
    page.header.star.click()
    form_of(page, ReasonForm).reason.setText("Decides for three plants")
    save(desk, form_of(page, ReasonForm))
    page.header.star.click()
    desk.settle()
    assert "Decides" not in page.header.star.accessibleName()
    page.header.star.click()
    assert form_of(page, ReasonForm).reason.text() == "Decides for three plants"
    save(desk, form_of(page, ReasonForm))
    assert "Decides for three plants" in page.header.star.accessibleName()
