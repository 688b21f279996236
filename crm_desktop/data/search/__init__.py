"""The search index: one full-text table over the tokens of every record."""

from crm_desktop.data.search.finding import find, record_ids
from crm_desktop.data.search.indexing import pack, rebuild, refresh
from crm_desktop.data.search.lines import Lines

__all__ = ["Lines", "find", "pack", "rebuild", "record_ids", "refresh"]
