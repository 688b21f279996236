"""The words a widget paints, as they stand on the screen: elided, cut off, or whole."""

from __future__ import annotations

from xml.etree import ElementTree

from PySide6.QtCore import QBuffer
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget


def painted(widget: QWidget) -> list[str]:
    """Every piece of text it draws, in order; a fallback font makes a piece of its own."""
    drawn = QBuffer()
    drawn.open(QBuffer.OpenModeFlag.WriteOnly)
    paper = QSvgGenerator()
    paper.setOutputDevice(drawn)
    paper.setSize(widget.size())
    widget.render(paper)
    drawn.close()
    tree = ElementTree.fromstring(bytes(drawn.data().data()))
    texts = tree.iter("{http://www.w3.org/2000/svg}text")
    return [text for each in texts if (text := "".join(each.itertext()).strip())]
