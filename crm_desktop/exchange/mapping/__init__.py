"""Understanding a foreign sheet: which sheet, where the table starts, what its columns mean."""

from crm_desktop.exchange.mapping.batches import BatchReader, Fixes, whole_rows
from crm_desktop.exchange.mapping.damaged import DAMAGED
from crm_desktop.exchange.mapping.guess import (
    guess_columns,
    guess_plan,
    guess_sheet,
    refuse_headings_alone,
)
from crm_desktop.exchange.mapping.memory import Decided, decisions, find_header_row, recall
from crm_desktop.exchange.mapping.merged import MergedCells
from crm_desktop.exchange.mapping.own import know_own_fields
from crm_desktop.exchange.mapping.plan import (
    COLUMN_POLICIES,
    ColumnPlan,
    Existing,
    ImportPlan,
    fills,
    fingerprint,
)
from crm_desktop.exchange.mapping.records import RowProblem, RowReader, SheetRow
from crm_desktop.exchange.mapping.targets import IMPORT_KINDS, MATCH_KEYS, NAMED_BY, Target, targets

__all__ = [
    "COLUMN_POLICIES",
    "DAMAGED",
    "IMPORT_KINDS",
    "MATCH_KEYS",
    "NAMED_BY",
    "BatchReader",
    "ColumnPlan",
    "Decided",
    "Existing",
    "Fixes",
    "ImportPlan",
    "MergedCells",
    "RowProblem",
    "RowReader",
    "SheetRow",
    "Target",
    "decisions",
    "fills",
    "find_header_row",
    "fingerprint",
    "guess_columns",
    "guess_plan",
    "guess_sheet",
    "know_own_fields",
    "recall",
    "refuse_headings_alone",
    "targets",
    "whole_rows",
]
