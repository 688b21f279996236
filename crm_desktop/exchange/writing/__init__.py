"""Tables out: workbooks and CSV files, typed, streamed, never a formula from anybody's text."""

from crm_desktop.exchange.writing.table import (
    Batch,
    Column,
    ColumnType,
    TableOut,
    in_batches,
    own_header,
)
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.exchange.writing.write import write_table
from crm_desktop.exchange.writing.xlsx import write_sheets

__all__ = [
    "Batch",
    "Column",
    "ColumnType",
    "TableOut",
    "in_batches",
    "own_header",
    "whole_file",
    "write_sheets",
    "write_table",
]
