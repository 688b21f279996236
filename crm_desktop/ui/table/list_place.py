"""Where the rows of a query are shown, for pages that lead there and need no list themselves."""

from __future__ import annotations

import json

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Query, to_plain
from crm_desktop.ui.places import Place, list_page_of


def list_place(kind: Kind, query: Query) -> Place:
    """The place that shows exactly the rows of `query`: where a count leads."""
    wish = json.dumps(to_plain(query), ensure_ascii=False, separators=(",", ":"))
    return Place.to(list_page_of(kind.value), view=kind.value, query=wish)
