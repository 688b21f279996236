"""Exports opened as a spreadsheet program does: cells by column name, rows by what they hold."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl

from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.roundtrip import RoundTrip
from crm_desktop.services.house import Services
from crm_desktop.words import Words

EN, ZH = Words("en"), Words("zh")
OFFICE = shutil.which("soffice") or ""


class Sheet:
    """The first sheet of a workbook; `save` writes it back."""

    def __init__(self, path: Path, kind: Kind, words: Words = EN) -> None:
        self.path = path
        self._kind = kind
        self._words = words
        self.book = openpyxl.load_workbook(path)
        self.cells = self.book.worksheets[0]

    def name(self, key: str) -> str:
        """What the column of a field is called; other names are what they are."""
        text = f"field.{self._kind.value}.{key}"
        return self._words.text(text) if self._words.has(text) else key

    def column(self, key: str) -> int:
        """The place of a column, from 1."""
        return [cell.value for cell in self.cells[1]].index(self.name(key)) + 1

    def put(self, row: int, key: str, value: Any) -> None:
        """Type something into a cell."""
        self.cells.cell(row, self.column(key)).value = value

    def get(self, row: int, key: str) -> Any:
        """What stands in a cell."""
        return self.cells.cell(row, self.column(key)).value

    def row_of(self, key: str, value: Any) -> int:
        """The row whose column holds the value."""
        column = self.column(key)
        return next(
            n for n in range(2, self.cells.max_row + 1) if self.cells.cell(n, column).value == value
        )

    def save(self) -> Path:
        """Write the workbook."""
        self.book.save(self.path)
        return self.path


def exported(
    services: Services, folder: Path, kind: Kind, words: Words = EN, **wishes: Any
) -> Path:
    """A workbook of all records of a kind."""
    path = folder / f"{kind.value}.xlsx"
    services.exports.export(kind, path, words, **wishes)
    return path


def by_office(path: Path) -> Path:
    """The same workbook, opened and saved by LibreOffice."""
    out = path.parent / "office"
    out.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out / path.name


def edits(trip: RoundTrip) -> set[tuple[str, str, str, str]]:
    """Record, field, old and new of every cell."""
    return {(one.record.title, one.key, one.old, one.new) for one in trip.cells}


def codes(trip: RoundTrip) -> list[tuple[int, str, str]]:
    """Row, column and code of every problem, by column."""
    return [(one.row, one.column, one.code) for one in trip.problems]
