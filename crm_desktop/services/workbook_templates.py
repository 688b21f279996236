"""The firm's own workbooks with {{marks}}: kept in the book, filled with a quote or a contract."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crm_desktop.data import book_settings
from crm_desktop.data.book import Book
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name
from crm_desktop.domain.uid import uid7
from crm_desktop.exchange.filling import check_template, example_workbook, fill_workbook
from crm_desktop.exchange.writing.whole import whole_file
from crm_desktop.services.business import Business
from crm_desktop.services.contracts import Contracts
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
        self, book: Book, clock: Clock, business: Business, quotes: Quotes, contracts: Contracts
    ) -> None:
        self._book = book
        self._clock = clock
        self._business = business
        self._desks = {Kind.QUOTE: quotes, Kind.CONTRACT: contracts}

    def all(self, kind: Kind | None = None) -> tuple[WorkbookTemplate, ...]:
        """The templates for a kind of document (for all), in the order they were added."""
        found = (WorkbookTemplate(**one) for one in self._business.get(_SETTING, ()))
        return tuple(one for one in found if kind is None or one.sort == kind.value)

    def names(self, kind: Kind, words: Words) -> list[tuple[str, str]]:
        """Every mark a template of this kind may carry: how it is written, what it gives."""
        return names_of(kind, words)

    def add(self, kind: Kind, path: Path, name: str = "") -> WorkbookTemplate:
        """Keep the workbook at `path`, after trying it. Refused with the cell where it is wrong."""
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise Refused("filling.too_large", name=path.name, megabytes=_LARGEST // 1024 // 1024)
        check_template(path, sample_of(kind))
        data = path.read_bytes()
        title = clean_name(name) or clean_name(path.stem)
        with self._book.write("gesture.workbook_template_added", name=title) as writing:
            sha256 = book_settings.keep_blob(writing.session, data)
            made = WorkbookTemplate(uid7(self._clock.now()), title, kind.value, sha256)
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

    def save_example(self, kind: Kind, target: Path, words: Words) -> None:
        """Write a workbook with every mark, to start from."""
        example_workbook(target, words.text(f"kind.{kind.value}"), names_of(kind, words))

    def fill(self, template: str | Path, kind: Kind, document: int | str, target: Path) -> None:
        """Write `target`: a document (by id or number) in a kept template or one in a file.

        A document that has left the house is filled as it left it. Refused as `fill_workbook` is.
        """
        desk = self._desks[kind]
        record_id = desk.id_of(document) if isinstance(document, str) else document
        filling = filling_of(desk.paper(record_id))
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
