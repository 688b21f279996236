"""The different words of one column of a file, and what each would become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crm_desktop.data import lists
from crm_desktop.data.records.titles import titles
from crm_desktop.data.session import Session
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.lists import item_name
from crm_desktop.domain.parts import parts_of
from crm_desktop.exchange.cells import as_text, is_blank
from crm_desktop.exchange.converters import converter
from crm_desktop.exchange.mapping import ColumnPlan, Target
from crm_desktop.exchange.reading import Row
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.services.imports.links import Linking
from crm_desktop.words import Words

WORDED = frozenset({FieldType.CHOICE, FieldType.BOOLEAN, FieldType.LINK, FieldType.PARTS})
"""Fields whose words stand for something else: an item of a list, a tick, another record."""
LISTED = WORDED - {FieldType.LINK, FieldType.PARTS}
"""Fields whose few words are told at once."""
YES, NO = "yes", "no"
MOST = 200
"""More different words are no list; of these the commonest are told."""


def is_worded(place: Target) -> bool:
    """Whether the cells that go there hold such words; a quantity beside a product is none."""
    return place.field.type in WORDED and not place.part


@dataclass(frozen=True, slots=True)
class FileWord:
    """A word as it stands in the file, in how many rows, and what it is taken for."""

    text: str
    count: int
    becomes: str = ""
    """The name of a list item or a record, "yes" or "no"; "" = an item of this name would be
    made, or nothing is understood."""
    near: str = ""
    """The title of a record that is nearly called so, where none is."""


def count_words(rows: Iterable[Row], column: int, field: Field) -> Counter[str]:
    """The words of a column, of parts their names; blank cells and #N/A say nothing."""
    counted = Counter(
        as_text(row[column]).strip()
        for row in rows
        if column < len(row) and not is_blank(row[column])
    )
    if field.type is not FieldType.PARTS:
        return counted
    names: Counter[str] = Counter()
    for text, count in counted.items():
        for name in {str(part.what) for part in parts_of(field, text)}:
            names[name] += count
    return names


def told_words(
    session: Session, field: Field, column: ColumnPlan, counted: Counter[str], words: Words
) -> list[FileWord]:
    """The commonest words with what they become when nothing is said about them."""
    found = counted.most_common(MOST)
    if field.type is FieldType.BOOLEAN:
        convert = converter(field, options=column.options, today=None, zone="UTC")
        answers = {True: YES, False: NO}
        return [FileWord(text, n, answers.get(convert(text, []), "")) for text, n in found]
    choices = Choices.of(session)
    if field.link is not None:
        return _linked_words(session, choices.linking, field.link, counted)
    names = {item.id: item_name(item, words.text) for item in lists.all_items(session)}
    told = []
    for text, count in found:
        item = choices.item(field.list_key, text)
        told.append(FileWord(text, count, names.get(item or 0, "")))
    return told


def _linked_words(
    session: Session, linking: Linking, kind: Kind, counted: Counter[str]
) -> list[FileWord]:
    """The words no record is called, the commonest first, then the others."""
    ids = {text: linking.find(kind, text) for text in counted}
    known = titles(session, kind, [one for one in ids.values() if one is not None])
    told = [
        FileWord(text, count, known.get(ids[text] or 0, ""))
        for text, count in counted.most_common()
    ]
    told = sorted(told, key=lambda one: bool(one.becomes))[:MOST]
    return [
        one if one.becomes else FileWord(one.text, one.count, near=linking.near(kind, one.text))
        for one in told
    ]
