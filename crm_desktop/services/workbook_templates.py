"""The firm's own workbooks with {{marks}}: kept in the book, filled with what is in it.

A template is for quotes, contracts, the statement of a customer, or lists of one kind; its
`sort` says which (`domain.template_sorts`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crm_desktop.data import book_settings
from crm_desktop.data.book import Book
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import EVERYTHING, Query
from crm_desktop.domain.template_sorts import LISTS, STATEMENT
from crm_desktop.domain.text import clean_name
from crm_desktop.domain.uid import uid7
from crm_desktop.exchange.filling import (
    Filling,
    check_template,
    example_workbook,
    fill_workbook,
)
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.services.business import Business
from crm_desktop.services.contracts import Contracts
from crm_desktop.services.list_marks import ListMarks
from crm_desktop.services.paper_marks import filling_of, names_of, sample_of, spelled
from crm_desktop.services.quotes import Quotes
from crm_desktop.words import Words

_SETTING = "workbook_templates"
_LARGEST = 20 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class WorkbookTemplate:
    """One template: what it is called, what it is for, where its bytes are."""

    uid: str
    name: str
    sort: str
    sha256: str


class WorkbookTemplates:
    """Adds, fills and hands out the templates; each change is one gesture."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        business: Business,
        *,
        quotes: Quotes,
        contracts: Contracts,
        lists: ListMarks,
    ) -> None:
        self._book = book
        self._clock = clock
        self._business = business
        self._desks = {Kind.QUOTE: quotes, Kind.CONTRACT: contracts}
        self._lists = lists

    def all(self, sort: str = "") -> tuple[WorkbookTemplate, ...]:
        """The templates of a sort ("" means of all), in the order they were added."""
        found = (WorkbookTemplate(**one) for one in self._business.get(_SETTING, ()))
        return tuple(one for one in found if not sort or one.sort == sort)

    def names(self, sort: str, words: Words) -> list[tuple[str, str]]:
        """Every mark a template of this sort may carry: how it is written, what it gives."""
        return names_of(Kind(sort), words) if _of_document(sort) else self._lists.names(sort, words)

    def add(self, sort: str, path: Path, name: str = "") -> WorkbookTemplate:
        """Keep the workbook at `path`, after trying it. Refused with the cell where it is wrong."""
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise Refused("filling.too_large", name=path.name, megabytes=_LARGEST // 1024 // 1024)
        sample = sample_of(Kind(sort)) if _of_document(sort) else self._lists.sample(sort)
        check_template(path, sample)
        data = path.read_bytes()
        title = clean_name(name) or clean_name(path.stem)
        with self._book.write("gesture.workbook_template_added", name=title) as writing:
            sha256 = book_settings.keep_blob(writing.session, data)
            made = WorkbookTemplate(uid7(self._clock.now()), title, str(sort), sha256)
            self._put(writing.session, (*self.all(), made))
        return made

    def rename(self, uid: str, name: str) -> None:
        """Call a template otherwise."""
        title = clean_name(name)
        if not title:
            raise Refused("filling.no_name")
        present = self._one(uid)
        changed = WorkbookTemplate(uid, title, present.sort, present.sha256)
        with self._book.write("gesture.workbook_template_changed", name=present.name) as writing:
            self._put(
                writing.session, tuple(changed if one.uid == uid else one for one in self.all())
            )

    def remove(self, uid: str) -> None:
        """Take a template out of the choice; undo brings it back."""
        present = self._one(uid)
        with self._book.write("gesture.workbook_template_removed", name=present.name) as writing:
            self._put(writing.session, tuple(one for one in self.all() if one.uid != uid))

    def save_copy(self, uid: str, target: Path) -> None:
        """Write the template itself, to be changed and added again."""
        with self._file(self._one(uid)) as source:
            data = source.read_bytes()
        with whole_file(target) as file:
            file.write(data)

    def save_example(self, sort: str, target: Path, words: Words) -> None:
        """Write a workbook with every mark, to start from."""
        example_workbook(target, sort_words(sort, words), self.names(sort, words))

    def fill(self, template: str | Path, kind: Kind, document: int | str, target: Path) -> None:
        """Write `target`: a document (by id or number) in a kept template or one in a file.

        A document that has left the house is filled as it left it. Refused as `fill_workbook` is.
        """
        desk = self._desks[kind]
        record_id = desk.id_of(document) if isinstance(document, str) else document
        self._fill(template, target, filling_of(desk.paper(record_id)))

    def fill_list(
        self,
        template: str | Path,
        kind: Kind,
        target: Path,
        words: Words,
        *,
        query: Query = EVERYTHING,
        ids: Sequence[int] | None = None,
        title: str = "",
    ) -> int:
        """Write `target`: a list in a template; returns how many records.

        Refused as `fill_workbook` is, and where the list has more than `MOST_ROWS`.
        """
        filling = self._lists.of_list(kind, words, query=query, ids=ids, title=title)
        self._fill(template, target, filling)
        return len(filling.lines)

    def fill_statement(
        self, template: str | Path, company: int, target: Path, words: Words
    ) -> None:
        """Write `target`: contracts, quotes and payments of a company in a template."""
        self._fill(template, target, self._lists.of_statement(company, words))

    def _fill(self, template: str | Path, target: Path, filling: Filling) -> None:
        if isinstance(template, Path):
            fill_workbook(template, target, filling, spelled)
            return
        with self._file(self._one(template)) as source:
            fill_workbook(source, target, filling, spelled)

    def _one(self, uid: str) -> WorkbookTemplate:
        for one in self.all():
            if one.uid == uid:
                return one
        raise Refused("record.gone")

    def _put(self, session: Any, templates: tuple[WorkbookTemplate, ...]) -> None:
        book_settings.put(session, _SETTING, [asdict(one) for one in templates])

    @contextmanager
    def _file(self, template: WorkbookTemplate) -> Iterator[Path]:
        with self._book.read() as session:
            data = book_settings.blob(session, template.sha256)
        if data is None:
            raise Refused("record.gone")
        with tempfile.TemporaryDirectory(prefix="crm-template-") as folder:
            path = Path(folder) / "template.xlsx"
            path.write_bytes(data)
            yield path


def sort_words(sort: str, words: Words) -> str:
    """What a template of a sort is for, as the reader calls it."""
    if sort in LISTS:
        return words.text("filling.list", name=words.text(f"kind.{LISTS[sort].value}.plural"))
    return words.text("filling.statement" if sort == STATEMENT else f"kind.{sort}")


def _of_document(sort: str) -> bool:
    return sort in (Kind.QUOTE, Kind.CONTRACT)
