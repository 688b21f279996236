"""Pages of the window on paper, with the firm's name on every sheet."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.documents.page_pdf import page_pdf
from crm_desktop.domain.page_paper import PagePaper
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.progress import NO_PROGRESS, Progress
from crm_desktop.services.business import Business
from crm_desktop.words import Words


class Printing:
    """Writes what a page shows as a PDF."""

    def __init__(self, business: Business) -> None:
        self._business = business

    def write(
        self, paper: PagePaper, path: Path, words: Words, *, progress: Progress = NO_PROGRESS
    ) -> None:
        """Print into `path`. Refused where it cannot be written."""
        data = page_pdf(
            paper,
            firm=self._business.own_company().name,
            language="en" if words.language == "en" else "zh",
            progress=progress,
        )
        with whole_file(path) as file:
            file.write(data)
