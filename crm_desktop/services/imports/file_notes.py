"""What somebody should know of a foreign file before its rows are taken in: window and command
line tell it in the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.exchange.mapping import ImportPlan, MergedCells
from crm_desktop.exchange.reading import USUAL_SEPARATORS, FileFacts
from crm_desktop.words import Words

TEXTS = ("text", "vcf")
"""Files of letters alone, which have an encoding."""
_NAMED = 5


@dataclass(frozen=True, slots=True)
class FileNote:
    """One sentence: its key in the catalogue and what it speaks of."""

    key: str
    args: dict[str, Any] = field(default_factory=dict)


def file_notes(facts: FileFacts, plan: ImportPlan, words: Words) -> list[FileNote]:
    """What there is to tell of this file, as the plan understands it."""
    sheet = facts.sheets[plan.sheet]
    merged = MergedCells.of(plan, sheet.merged)
    counted: tuple[tuple[str, int, dict[str, Any]], ...] = (
        ("formulas", sheet.formulas_without_value, {"cells": _some(sheet.formula_cells, words)}),
        ("errors", sheet.error_cells, {}),
        ("hidden_rows", sheet.hidden_rows, {}),
        ("merged", merged.count, {}),
        ("merged_amounts", merged.once, {}),
        ("captions", merged.captions, {}),
        ("damaged_characters", facts.damaged_characters, {}),
        ("rejoined", facts.rejoined_rows, {}),
        ("cards_left_out", facts.cards_left_out, {}),
        ("photos", facts.photos, {}),
        ("photos_left_out", facts.photos_left_out, {
            "names": _some(facts.photos_left_out_of, words),
        }),
    )  # fmt: skip
    found = [
        FileNote(f"reading.note_{key}", {"count": count, **args})
        for key, count, args in counted
        if count
    ]
    if sheet.hidden:
        found.append(FileNote("reading.note_hidden_sheet"))
    if facts.kind in TEXTS and not facts.encoding_sure and not plan.encoding:
        found.append(FileNote("reading.note_encoding", {"encoding": facts.encoding.upper()}))
    if facts.kind == "text" and facts.delimiter not in USUAL_SEPARATORS and not plan.delimiter:
        named = separator_words(facts.delimiter, words)
        found.append(FileNote("reading.note_separator", {"separator": named}))
    return found


def separator_words(sign: str, words: Words) -> str:
    """What a separator is called; an unknown one stands for itself."""
    key = f"import_page.delimiter.{ord(sign)}"
    return words.text(key) if words.has(key) else sign


def _some(told: Sequence[str], words: Words) -> str:
    """The first few of them in one line."""
    separator = words.text("format.list_separator")
    return separator.join(told[:_NAMED]) + ("…" if len(told) > _NAMED else "")
