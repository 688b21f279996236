"""The board and the funnel go out as a workbook and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2 as pdfium
import pytest

from crm_desktop.domain.kinds import Kind
from crm_desktop.ui import giving_out
from crm_desktop.ui.language import set_language
from crm_desktop.ui.opportunities.page import OpportunitiesPage
from crm_desktop.ui.places import Place
from crm_desktop.ui.shell.window import MainWindow
from tests.ui.resting import rest


def printed(page: OpportunitiesPage, opened: MainWindow, qtbot: Any, path: Path) -> str:
    assert page.handles("print")
    paper = page.paper()
    giving_out.print_page_to(page, lambda: paper, path)
    rest(opened, qtbot)
    with pdfium.PdfDocument(path) as document:
        return "".join(sheet.get_textpage().get_text_bounded() for sheet in document)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_board_on_paper(
    page: OpportunitiesPage, opened: MainWindow, qtbot: Any, tmp_path: Path, language: str
) -> None:
    set_language(language)
    rest(opened, qtbot)
    text = printed(page, opened, qtbot, tmp_path / "b.pdf")
    assert ("Nothing planned" if language == "en" else "未安排") in text
    # As on the board: the late one first, the one without a step last of its lane.
    assert text.index("Labels") < text.index("Retrofit") < text.index("Campaign")
    assert "¥136,000" in text
    assert "Hengyuan" in text


def test_the_funnel_on_paper_has_its_chart_and_its_numbers(
    page: OpportunitiesPage, opened: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    opened.navigator.go(Place.to("opportunities", view="funnel"))
    rest(opened, qtbot)
    path = tmp_path / "f.pdf"
    text = printed(page, opened, qtbot, path)
    assert "¥256,000" in text  # all four reached the first stage
    with pdfium.PdfDocument(path) as document:
        kinds = [part.type for part in document[0].get_objects()]
    assert pdfium.raw.FPDF_PAGEOBJ_IMAGE in kinds


@pytest.mark.parametrize("view", ["board", "funnel"])
def test_export_writes_the_opportunities_shown(
    page: OpportunitiesPage, opened: MainWindow, qtbot: Any, tmp_path: Path, view: str
) -> None:
    opened.navigator.go(Place.to("opportunities", view=view))
    rest(opened, qtbot)
    assert opened.commands.action("export").isEnabled()
    path = tmp_path / "o.xlsx"
    giving_out.export_to(page, Kind.OPPORTUNITY, page.shown_ids(), path)
    rest(opened, qtbot)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {
        "Labels",
        "Retrofit",
        "Campaign",
        "Line",
    }
