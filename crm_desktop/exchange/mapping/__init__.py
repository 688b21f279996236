"""Understanding a foreign sheet: which sheet, where the table starts, what its columns mean."""

from crm_desktop.exchange.mapping.guess import guess_columns, guess_plan, guess_sheet
from crm_desktop.exchange.mapping.own import know_own_fields
from crm_desktop.exchange.mapping.plan import ColumnPlan, Existing, ImportPlan
from crm_desktop.exchange.mapping.records import RowProblem, RowReader, SheetRow
from crm_desktop.exchange.mapping.targets import IMPORT_KINDS, Target, targets

__all__ = [
    "IMPORT_KINDS",
    "ColumnPlan",
    "Existing",
    "ImportPlan",
    "RowProblem",
    "RowReader",
    "SheetRow",
    "Target",
    "guess_columns",
    "guess_plan",
    "guess_sheet",
    "know_own_fields",
    "targets",
]
