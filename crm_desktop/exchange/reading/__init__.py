"""Reading foreign tables: in a watched child process with limits; plain rows come out."""

from crm_desktop.exchange.reading.facts import FileFacts, Limits, Row, SheetFacts, Value
from crm_desktop.exchange.reading.handle import OpenedFile, open_file
from crm_desktop.exchange.reading.kept import KeptFile
from crm_desktop.exchange.reading.separators import SEPARATORS, USUAL_SEPARATORS

__all__ = [
    "SEPARATORS",
    "USUAL_SEPARATORS",
    "FileFacts",
    "KeptFile",
    "Limits",
    "OpenedFile",
    "Row",
    "SheetFacts",
    "Value",
    "open_file",
]
