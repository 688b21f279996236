"""The firm's own texts: contracts with {{placeholders}}, terms of quotes."""

from __future__ import annotations

from crm_desktop.data import templates as rows
from crm_desktop.data.book import Book
from crm_desktop.data.session import Session
from crm_desktop.documents import placeholders
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.issuing import TemplateCard
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean, clean_name
from crm_desktop.words import LANGUAGES, Words

CONTRACT, TERMS = "contract", "terms"


def fill_shipped(session: Session) -> None:
    """Give a new book the shipped texts, as the firm's own to change."""
    for name in placeholders.TEMPLATES:
        sort, _, language = name.partition(".")
        title = Words(language).text(f"document.template.{sort}")
        rows.add(session, CONTRACT, title, language, placeholders.template(name))
    for language in LANGUAGES:
        words = Words(language)
        for number in (1, 2):
            title = words.text(f"document.terms_name_{number}")
            rows.add(session, TERMS, title, language, words.text(f"document.terms_{number}"))


class Templates:
    """Texts to start from; each change is one gesture."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def all(self, sort: str, language: str | None = None) -> tuple[TemplateCard, ...]:
        """The texts of a sort (CONTRACT, TERMS), those of `language` first ("bi" is Chinese)."""
        with self._book.read() as session:
            found = rows.of(session, sort)
        wanted = "zh" if language == "bi" else language
        return tuple(sorted(found, key=lambda card: wanted is not None and card.language != wanted))

    def get(self, template_id: int) -> TemplateCard:
        """One text. Refused("record.gone") where there is none."""
        with self._book.read() as session:
            found = rows.one(session, template_id)
        if found is None:
            raise Refused("record.gone")
        return found

    def add(self, sort: str, name: str, language: str, body: str) -> int:
        """A new text; returns its id."""
        name = _named(name)
        with self._book.write("gesture.template_added", name=name) as writing:
            return rows.add(writing.session, sort, name, language, clean(body))

    def update(self, template_id: int, *, name: str | None = None, body: str | None = None) -> None:
        """Rename a text or rewrite it; documents made from it keep theirs."""
        present = self.get(template_id)
        values: dict[str, str] = {}
        if name is not None:
            values["name"] = _named(name)
        if body is not None:
            values["body"] = clean(body)
        if values:
            with self._book.write("gesture.template_changed", name=present.name) as writing:
                rows.change(writing.session, template_id, **values)

    def remove(self, template_id: int) -> None:
        """Take a text out of the choice."""
        present = self.get(template_id)
        with self._book.write("gesture.template_removed", name=present.name) as writing:
            rows.change(writing.session, template_id, trashed_at=self._clock.now())


def _named(name: str) -> str:
    cleaned = clean_name(name)
    if not cleaned:
        raise Refused("document.template_unnamed")
    return cleaned
