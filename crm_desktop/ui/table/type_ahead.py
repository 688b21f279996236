"""Letters typed in a list go to the first name that begins with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.queries import Condition, Op, Query
from crm_desktop.domain.schema import TITLE_KEYS
from crm_desktop.ui.context import Context
from crm_desktop.ui.table.view import TableView


class TypeAhead(QObject):
    """Asks the book, not the view: Qt would read every row there is."""

    def __init__(
        self, context: Context, kind: Kind, view: TableView, query: Callable[[], Query]
    ) -> None:
        super().__init__(view)
        self._context, self._kind, self._view, self._query = context, kind, view, query
        self._typed = ""
        view.typed.connect(self.find)

    def find(self, letters: str) -> None:
        """Go to the first row whose name begins with the letters, or its pinyin does."""
        records, query, kind = self._context.services.records, self._query(), self._kind
        begins = Condition(TITLE_KEYS[kind], Op.STARTS, letters)
        by_pinyin = replace(query, text=f"{query.text} {letters}".strip())
        self._typed = letters

        def first() -> tuple[str, int | None]:
            found = records.ids(kind, query.also(begins), 1) or records.ids(kind, by_pinyin, 1)
            return letters, found[0] if found else None

        def go(answer: tuple[str, int | None]) -> None:
            asked, record_id = answer
            if asked == self._typed and record_id is not None:
                self._view.select_id(record_id)

        self._context.jobs.run_reader(first, go)
