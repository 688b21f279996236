"""Where the numbers of a record lead: the list that shows exactly their rows."""

from __future__ import annotations

import json

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query, to_plain
from crm_desktop.ui.places import LIST_OF_KIND, Place


def rows_place(kind: Kind, query: Query) -> Place:
    """The list of `kind` showing the records of `query`."""
    # These share a page: the view says which of them.
    view = kind.value if LIST_OF_KIND[kind.value] == "documents" else ""
    plain = json.dumps(to_plain(query), ensure_ascii=False, sort_keys=True)
    return Place.to(LIST_OF_KIND[kind.value], view=view, query=plain)
