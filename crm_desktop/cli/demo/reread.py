"""Reads the results again, independently of who wrote them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdfium2


def rows_of(path: Path) -> int:
    """Filled rows of a workbook below its header."""
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        sheet = book.worksheets[0]
        return sum(1 for row in sheet.iter_rows(min_row=2, values_only=True) if any(row))
    finally:
        book.close()


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
