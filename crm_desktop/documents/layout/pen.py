"""The one place that draws: reportlab's canvas, with y counted from the top of the page."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from crm_desktop.documents import fonts
from crm_desktop.documents.layout.style import PAGE_HEIGHT, PAGE_WIDTH, WATERMARK, Colour, Style
from crm_desktop.domain.problems import Refused

rl_config.useA85 = 0  # plain binary streams: a fifth smaller and faster than text ones

_BASELINE = 0.36  # of the size: puts Chinese and Latin in the middle of their line
_LARGEST_LOGO = 900  # pixels: 150 points at 400 per inch


class Picture:
    """A picture ready to be printed, made no larger than `largest` pixels either way."""

    def __init__(self, data: bytes, *, largest: int = _LARGEST_LOGO) -> None:
        from PIL import Image, ImageOps, UnidentifiedImageError

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                image: Any = Image.open(io.BytesIO(data))
                image = ImageOps.exif_transpose(image)
                image.thumbnail((largest, largest))
                image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        except (
            UnidentifiedImageError,
            OSError,
            ValueError,
            SyntaxError,
            Image.DecompressionBombError,
            Image.DecompressionBombWarning,
        ) as error:
            raise Refused("paper.picture_unreadable") from error
        self.reader = ImageReader(image)
        self.width, self.height = image.size

    def fit(self, width: float, height: float) -> tuple[float, float]:
        """The largest size inside this box that keeps the shape."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


class Pen:
    """Draws on the pages of one document. User text reaches paper only through `text`.

    Nothing here reads mark-up, so no text can carry any.
    """

    def __init__(self, title: str, author: str) -> None:
        fonts.register()
        self._file = io.BytesIO()
        # invariant: the same document gives the same bytes, so that its hash proves it.
        self._canvas: Any = Canvas(
            self._file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # else every file names Helvetica, not embedded
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("CRM Desktop")
        self._canvas.setProducer("CRM Desktop")
        self._font: tuple[str, int, float] | None = None
        self._colour: Colour | None = None

    def text(self, x: float, top: float, line: str, style: Style) -> None:
        """One line of text; `x` is its left edge, its middle or its right edge by the style."""
        if not line:
            return
        if style.align != "left":
            wide = fonts.width(line, style.size, style.bold)
            x -= wide if style.align == "right" else wide / 2
        canvas = self._canvas
        if self._colour != style.colour:
            canvas.setFillColorRGB(*style.colour)
            self._colour = style.colour
        y = PAGE_HEIGHT - top - style.leading / 2 - style.size * _BASELINE
        runs = fonts.runs(line, style.bold)
        for number, (font, piece) in enumerate(runs, start=1):
            self._show(x, y, font, style.size, piece)
            if number < len(runs):
                known = fonts.widths(font)
                x += sum(map(known.__getitem__, map(ord, piece))) * style.size / 1000

    def _show(self, x: float, y: float, font: str, size: float, piece: str) -> None:
        """What `Canvas.drawString` does for a subset font, at a third of its price."""
        canvas = self._canvas
        face: Any = getFont(font)
        document, code = canvas._doc, ["BT", f"1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for subset, coded in face.splitString(piece, document):
            if self._font != (font, subset, size):
                self._font = (font, subset, size)
                name = face.getSubsetInternalName(subset, document)
                code.append(f"{name} {size:g} Tf")
            code.append(f"({canvas._escape(coded)}) Tj")
        code.append("ET")
        canvas._code.append(" ".join(code))

    @contextmanager
    def scaled(self, x: float, top: float, scale: float) -> Iterator[None]:
        """Everything drawn meanwhile is this much smaller, seen from the corner at (x, top)."""
        canvas, y = self._canvas, PAGE_HEIGHT - top
        canvas.saveState()
        canvas.translate(x * (1 - scale), y * (1 - scale))
        canvas.scale(scale, scale)
        yield
        canvas.restoreState()
        self._font = self._colour = None  # those in force are the ones from before

    def rule(self, x: float, top: float, width: float, colour: Colour, thick: float = 0.6) -> None:
        """A level line."""
        canvas = self._canvas
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(thick)
        canvas.line(x, PAGE_HEIGHT - top, x + width, PAGE_HEIGHT - top)

    def fill(self, x: float, top: float, width: float, height: float, colour: Colour) -> None:
        """A filled field."""
        self._canvas.setFillColorRGB(*colour)
        self._colour = colour
        self._canvas.rect(x, PAGE_HEIGHT - top - height, width, height, stroke=0, fill=1)

    def picture(self, x: float, top: float, width: float, height: float, what: Picture) -> None:
        """A picture, see-through where it is."""
        y = PAGE_HEIGHT - top - height
        self._canvas.drawImage(what.reader, x, y, width, height, mask="auto")

    def watermark(self, words: str) -> None:
        """Large pale words across the page; drawn first, so that everything lies over them."""
        canvas = self._canvas
        size = min(120.0, 560 / max(1.0, fonts.width(words, 1, bold=True)))
        canvas.saveState()
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(52)
        canvas.setFillColorRGB(*WATERMARK)
        x = -fonts.width(words, size, bold=True) / 2
        for font, piece in fonts.runs(words, True):
            canvas.setFont(font, size)
            canvas.drawString(x, -size * _BASELINE, piece)
            x += sum(map(fonts.widths(font).__getitem__, map(ord, piece))) * size / 1000
        canvas.restoreState()
        self._font = self._colour = None

    def next_page(self) -> None:
        """End this page."""
        self._canvas.showPage()
        self._font = self._colour = None

    def finish(self) -> bytes:
        """The bytes of the file."""
        self._canvas.save()
        return self._file.getvalue()
