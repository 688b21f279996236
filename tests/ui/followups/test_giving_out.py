"""The follow-ups shown go out as a workbook and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium

from crm_desktop.domain import schema
from crm_desktop.domain.kinds import Kind
from crm_desktop.ui import giving_out
from crm_desktop.ui.followups.page import FollowupsPage


def test_what_is_shown_goes_out(page: FollowupsPage, tmp_path: Path, qtbot: Any) -> None:
    ids = page.shown_ids()
    assert ids
    assert page.handles("export")
    assert page.handles("print")
    book, paper = tmp_path / "f.xlsx", tmp_path / "f.pdf"
    columns = schema.default_columns(Kind.ACTIVITY)
    giving_out.export_to(page, Kind.ACTIVITY, ids, book, columns)
    giving_out.print_rows_to(page, Kind.ACTIVITY, ids, paper, columns)
    jobs = page.context.jobs
    qtbot.waitUntil(lambda: jobs.idle and book.exists() and paper.exists(), timeout=20000)
    sheet = openpyxl.load_workbook(book)
    assert sheet.active is not None
    assert sheet.active.max_row == len(ids) + 1
    records = page.context.services.records
    [first] = records.rows(Kind.ACTIVITY, ids[:1], ["subject"])
    with pdfium.PdfDocument(paper) as document:
        assert str(first.values[0]) in document[0].get_textpage().get_text_bounded()
