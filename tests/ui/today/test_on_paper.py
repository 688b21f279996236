"""Today goes out on paper, and its follow-ups as a workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium

from crm_desktop.domain.kinds import Kind, Ref
from crm_desktop.ui import giving_out
from crm_desktop.ui.language import set_language
from crm_desktop.ui.today.weekly import print_weekly_to
from tests.ui.today.conftest import Desk


def test_the_morning_on_paper_in_both_languages(desk: Desk, tmp_path: Path) -> None:
    for language, heading in (("en", "Needs attention"), ("zh", "需要关注")):
        set_language(language)
        page = desk.go()
        assert page.handles("print")
        assert page._found is not None
        path = tmp_path / f"{language}.pdf"
        giving_out.print_page_to(page, partial(page.paper, page._found), path)
        desk.settle()
        with pdfium.PdfDocument(path) as document:
            text = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
        assert heading in text
        for what in ("Send drawings", "Call about the quote", "Yearly price list", "Fiona Wang"):
            assert what in text
        assert "Price rise on 1 December" in text


def test_export_writes_its_follow_ups(desk: Desk, tmp_path: Path) -> None:
    page = desk.go()
    assert desk.window.commands.action("export").isEnabled()
    path = tmp_path / "f.xlsx"
    giving_out.export_to(page, Kind.ACTIVITY, page.shown_ids(), path)
    desk.settle()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.max_row == 5


def test_the_week_on_one_page_in_both_languages(desk: Desk, tmp_path: Path) -> None:
    assert desk.window.commands.action("weekly").isEnabled()
    about = Ref(Kind.COMPANY, desk.services.records.create(Kind.COMPANY, {"name": "Somebody"}))
    for number in range(60):
        desk.services.activities.log(about, f"Logged {number}", type_code="call")
    for language, heading, done in (
        ("en", "Weekly summary, 16 Nov 2026 – 22 Nov 2026", "Done this week · 61"),
        ("zh", "本周小结：2026年11月16日 – 2026年11月22日", "本周完成 · 61"),
    ):
        set_language(language)
        path = tmp_path / f"week-{language}.pdf"
        print_weekly_to(desk.page, path)
        desk.settle()
        with pdfium.PdfDocument(path) as document:
            assert len(document) == 1
            text = document[0].get_textpage().get_text_bounded()
        for what in (heading, done, "Logged", "Send drawings", "Yearly price list", "Fiona Wang"):
            assert what in text
