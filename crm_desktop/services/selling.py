"""How the firm sells: the pipeline new opportunities go through."""

from __future__ import annotations

from crm_desktop.data import lists as rows
from crm_desktop.data import opportunities
from crm_desktop.data.book import Book
from crm_desktop.domain.lists import Item
from crm_desktop.domain.selling import WAYS
from crm_desktop.services.lists import Lists


class Selling:
    """One of five ways; the choice is the order of the pipelines, so any book knows its own."""

    def __init__(self, book: Book, lists: Lists) -> None:
        self._book = book
        self._lists = lists

    def way(self) -> str:
        """The code of the way chosen; "" where the user's own pipeline comes first."""
        code = self._lists.items("pipeline")[0].code
        return code if code in WAYS else ""

    def choose(self, way: str) -> None:
        """New opportunities go through the stages of this way; those there are stay in theirs.

        Pipelines of other ways that nothing is in are put away until they are chosen.
        """
        if way == self.way():
            return
        name = {"list": "pipeline", "code": way}
        with self._book.write("gesture.way_of_selling", way=name) as writing:
            session = writing.session
            known = {item.code: item for item in self._lists.all_items("pipeline") if item.code}
            present = known.get(way)
            if present is None:
                chosen = rows.add_pipeline(session, WAYS[way], code=way)
            else:
                chosen = present.id
                rows.change(session, chosen, active=True)
            used = opportunities.pipelines_in_use(session)
            others = [item for item in self._lists.all_items("pipeline") if item.id != chosen]
            for item in others:
                if item.active and item.code in WAYS and item.id not in used:
                    rows.change(session, item.id, active=False)
            rows.put_in_order(session, [chosen, *map(_id, others)])


def _id(item: Item) -> int:
    return item.id
