"""Pages of a PDF as pictures. PDFium works for one thread at a time, so everything is locked."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2

POINT = 96 / 72  # pixels of a point at 100 %
_pdfium = threading.Lock()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page drawn: 32 bits for each pixel, blue first."""

    width: int
    height: int
    stride: int
    data: bytes


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in points."""
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(document.get_page_size(at) for at in range(len(document)))
        finally:
            document.close()


def pictures(pdf: bytes, pages: Iterable[int], scale: float) -> dict[int, PagePicture]:
    """The given pages, `scale` pixels for each point."""
    found: dict[int, PagePicture] = {}
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for at in pages:
                page = document[at]
                bitmap = page.render(scale=scale, prefer_bgrx=True)
                found[at] = PagePicture(
                    bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)
                )
                bitmap.close()
                page.close()
        finally:
            document.close()
    return found


def text_of(pdf: bytes) -> str:
    """What a reader finds in the file, page after page."""
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            texts = []
            for page in document:
                shown = page.get_textpage()
                texts.append(shown.get_text_bounded())
                shown.close()
                page.close()
            return "\n".join(texts)
        finally:
            document.close()
