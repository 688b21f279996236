"""The different words of one column of a file, and what each would become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crm_desktop.data import lists
from crm_desktop.data.session import Session
from crm_desktop.domain.fields import Field, FieldType
from crm_desktop.domain.lists import item_name
from crm_desktop.exchange import cells
from crm_desktop.exchange.cells import as_text, is_blank
from crm_desktop.exchange.mapping import ColumnPlan
from crm_desktop.exchange.reading import Row
from crm_desktop.services.imports.choosing import Choices
from crm_desktop.words import Words

WORDED = frozenset({FieldType.CHOICE, FieldType.BOOLEAN})
"""Fields whose values are words of which there are few."""
YES, NO = "yes", "no"
MOST = 200
"""More different words are no list; of these the commonest are told."""


@dataclass(frozen=True, slots=True)
class FileWord:
    """A word as it stands in the file, in how many rows, and what it is taken for."""

    text: str
    count: int
    becomes: str = ""
    """The name of a list item, "yes" or "no"; "" = an item of this name would be made, or
    nothing is understood."""


def count_words(rows: Iterable[Row], column: int) -> Counter[str]:
    """The words of a column; blank cells and #N/A say nothing."""
    return Counter(
        as_text(row[column]).strip()
        for row in rows
        if column < len(row) and not is_blank(row[column])
    )


def told_words(
    session: Session, field: Field, column: ColumnPlan, counted: Counter[str], words: Words
) -> list[FileWord]:
    """The commonest words with what they become when nothing is said about them."""
    found = counted.most_common(MOST)
    if field.type is FieldType.BOOLEAN:
        convert = cells.converter(field, options=column.options, today=None, zone="UTC")
        answers = {True: YES, False: NO}
        return [FileWord(text, n, answers.get(convert(text, []), "")) for text, n in found]
    choices = Choices.of(session)
    names = {item.id: item_name(item, words.text) for item in lists.all_items(session)}
    told = []
    for text, count in found:
        item = choices.item(field.list_key, text)
        told.append(FileWord(text, count, names.get(item or 0, "")))
    return told
