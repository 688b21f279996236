"""Out of the book: tables, cards, calendars, and the whole of it."""

from crm_desktop.services.exports.columns import header
from crm_desktop.services.exports.service import Exports

__all__ = ["Exports", "header"]
