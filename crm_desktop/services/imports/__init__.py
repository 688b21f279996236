"""Importing foreign lists; what a page needs to show and change a plan is handed on from here."""

from crm_desktop.exchange.cells import as_text, is_blank
from crm_desktop.exchange.mapping import (
    COLUMN_POLICIES,
    IMPORT_KINDS,
    MATCH_KEYS,
    NAMED_BY,
    ColumnPlan,
    Existing,
    ImportPlan,
    MergedCells,
    Target,
    decisions,
    guess_columns,
    know_own_fields,
    targets,
)
from crm_desktop.exchange.mapping.content import spelled
from crm_desktop.exchange.mapping.currencies import mark_is_open
from crm_desktop.exchange.mapping.targets import ADDRESS_PARTS
from crm_desktop.exchange.reading import SEPARATORS, FileFacts, Row, SheetFacts, Value
from crm_desktop.services.imports.file_notes import TEXTS, FileNote, file_notes, separator_words
from crm_desktop.services.imports.file_words import LISTED, NO, YES, FileWord, is_worded
from crm_desktop.services.imports.links import LEAVE, MADE_BY_NAME, MADE_USUALLY, MAKE
from crm_desktop.services.imports.mappings import Mappings
from crm_desktop.services.imports.service import Imports, Preview, Wishes

__all__ = [
    "ADDRESS_PARTS",
    "COLUMN_POLICIES",
    "IMPORT_KINDS",
    "LEAVE",
    "LISTED",
    "MADE_BY_NAME",
    "MADE_USUALLY",
    "MAKE",
    "MATCH_KEYS",
    "NAMED_BY",
    "NO",
    "SEPARATORS",
    "TEXTS",
    "YES",
    "ColumnPlan",
    "Existing",
    "FileFacts",
    "FileNote",
    "FileWord",
    "ImportPlan",
    "Imports",
    "Mappings",
    "MergedCells",
    "Preview",
    "Row",
    "SheetFacts",
    "Target",
    "Value",
    "Wishes",
    "as_text",
    "decisions",
    "file_notes",
    "guess_columns",
    "is_blank",
    "is_worded",
    "know_own_fields",
    "mark_is_open",
    "separator_words",
    "spelled",
    "targets",
]
