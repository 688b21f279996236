"""The firm's own workbook filled: {{marks}} replaced, one marked row repeated for the lines."""

from crm_desktop.exchange.filling.example import example_workbook
from crm_desktop.exchange.filling.fill import check_template, fill_workbook
from crm_desktop.exchange.filling.marks import LINE, LOGO, Filling, Value

__all__ = [
    "LINE",
    "LOGO",
    "Filling",
    "Value",
    "check_template",
    "example_workbook",
    "fill_workbook",
]
