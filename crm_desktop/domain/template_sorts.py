"""What a workbook of the firm's own can be for; the values are stored: never change one."""

from __future__ import annotations

from crm_desktop.domain.kinds import OWNERS, PLURALS, RECORD_KINDS, Kind

STATEMENT = "statement"
LISTS = {PLURALS[kind]: kind for kind in (*RECORD_KINDS, *OWNERS) if kind is not Kind.STAFF}
"""Lists of a kind, also of what hangs on records."""
SORTS = (Kind.QUOTE.value, Kind.CONTRACT.value, STATEMENT, *LISTS)
"""All of them."""
