"""Why records look alike, in words."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.domain import phones
from crm_desktop.domain.duplicates import Reason
from crm_desktop.ui.language import tr

_NUMBERS = frozenset({"mobile", "phone", "fax", "tail"})


def reason_text(reason: Reason) -> str:
    """same mobile 138 1234 5678."""
    text = phones.display(reason.text) if reason.code in _NUMBERS else reason.text
    return tr(f"duplicates.reason.{reason.code}", text=text)


def reasons_text(reasons: Iterable[Reason]) -> str:
    """All of them on one line."""
    return tr("duplicates.reason_gap").join(map(reason_text, reasons))
