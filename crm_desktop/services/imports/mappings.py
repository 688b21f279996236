"""Which column of which file goes where, kept in the book: the last time's, and layouts by name."""

from __future__ import annotations

from crm_desktop.data import book_settings
from crm_desktop.data.book import Book
from crm_desktop.domain.fields import Field
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name, fold
from crm_desktop.exchange.mapping import Decided, ImportPlan, decisions, recall

_REMEMBERED = "import_mapping:"
_LAYOUTS = "import_layouts"
_MOST_REMEMBERED = 40

Custom = tuple[tuple[Kind, Field], ...]


class Mappings:
    """Remembers by the headers of a file; keeps layouts the user named. Each change a gesture."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def remembered(self) -> dict[str, Decided]:
        """What was decided for files, by the fingerprint of their headers."""
        with self._book.read() as session:
            return book_settings.of_prefix(session, _REMEMBERED)

    def remember(self, plan: ImportPlan, name: str) -> bool:
        """Keep what was decided for the next file with these headers; False where it is known
        or there are no headers to know it by. `name` is that of the file.
        """
        key, decided = plan.fingerprint, decisions(plan)
        if not key or self.remembered().get(key) == decided:
            return False
        with self._book.write("gesture.mapping_remembered", name=name) as writing:
            book_settings.put(writing.session, _REMEMBERED + key, decided)
            known = list(book_settings.of_prefix(writing.session, _REMEMBERED))
            for old in known[: max(0, len(known) - _MOST_REMEMBERED)]:
                book_settings.drop(writing.session, _REMEMBERED + old)
        return True

    def layouts(self, kind: str = "") -> tuple[str, ...]:
        """The names of the layouts kept for a kind of sheet (of all), as they are sorted."""
        known = self._layouts().items()
        names = (name for name, one in known if not kind or one.get("kind") == kind)
        return tuple(sorted(names, key=fold))

    def save_layout(self, name: str, plan: ImportPlan) -> str:
        """Keep what was decided under a name, in place of one of that name; returns the name."""
        title = clean_name(name)
        if not title:
            raise Refused("import.layout_without_name")
        with self._book.write("gesture.layout_saved", name=title) as writing:
            known = {**self._layouts(), title: decisions(plan)}
            book_settings.put(writing.session, _LAYOUTS, known)
        return title

    def remove_layout(self, name: str) -> None:
        """Forget a layout; undo brings it back."""
        known = self._layouts()
        if name not in known:
            raise Refused("record.gone")
        del known[name]
        with self._book.write("gesture.layout_removed", name=name) as writing:
            book_settings.put(writing.session, _LAYOUTS, known)

    def use_layout(self, name: str, plan: ImportPlan, custom: Custom = ()) -> int:
        """Give a plan what the layout says of columns called so; returns how many there were."""
        decided = self._layouts().get(name)
        if decided is None:
            raise Refused("record.gone")
        try:
            return recall(plan, decided, custom)
        except ValueError as error:
            raise Refused("import.layout_other_kind", name=name) from error

    def _layouts(self) -> dict[str, Decided]:
        with self._book.read() as session:
            return dict(book_settings.all_settings(session).get(_LAYOUTS, {}))
