"""Rows out of workbooks through calamine, old ones through xlrd; lives in the child process."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading import ods_merges
from crm_desktop.exchange.reading.facts import Limits, Row, SheetFacts
from crm_desktop.exchange.reading.guard import Guard
from crm_desktop.exchange.reading.ods_merges import SpanScan
from crm_desktop.exchange.reading.old_workbook import OldBook, is_old
from crm_desktop.exchange.reading.sheet_scan import SheetScan

_MERGES_TOLD = 200_000
_CELLS_KEPT = 4_000_000
# Of these endings calamine believes the name, of all others the content.
_BELIEVED = {
    **dict.fromkeys((".xls", ".xla"), "xls"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlam"), "xlsx"),
    ".xlsb": "xlsb",
    ".ods": "ods",
}


def _calamine() -> Any:
    # Deferred: only the child process needs it, and the parent imports this module as well.
    import python_calamine

    return python_calamine


class Workbook:
    """One guarded workbook: its facts first, then the rows of any sheet."""

    def __init__(
        self, path: Path, kind: str, limits: Limits, step: Callable[[int, int], None]
    ) -> None:
        self._limits = limits
        self._path, self._kind = path, kind
        self._calamine = _calamine()
        self._old = kind == "xls" and is_old(path)
        self._loaded: dict[int, Any] = {}
        self._spans = SpanScan()
        scans = self._guard(path, kind, step) if kind != "xls" else {}
        merged = ods_merges.merges(path, limits, step) if self._spans.found else {}
        parts = _sheet_parts(path) if kind == "xlsx" else {}
        try:
            self._book: Any = self._load(path, kind)
            metadata = self._book.sheets_metadata
        except self._calamine.PasswordError as error:
            raise Refused("reading.password") from error
        except (self._calamine.CalamineError, ValueError, OSError) as error:
            raise Refused("reading.damaged") from error
        facts = []
        for index, sheet in enumerate(metadata):
            if self._old or sheet.typ is self._calamine.SheetTypeEnum.WorkSheet:
                told = self._facts(index, sheet, scans.get(parts.get(sheet.name)))
                told = replace(told, merged=merged[index]) if index in merged else told
                facts.append((index, told))
            step(index + 1, len(metadata))
        self._indexes = [index for index, _ in facts]
        self.sheets = tuple(fact for _, fact in facts)
        if not self.sheets:
            raise Refused("reading.damaged")

    def _load(self, path: Path, kind: str) -> Any:
        if self._old:
            return OldBook(path)
        if _BELIEVED.get(path.suffix, kind) == kind:
            return self._calamine.load_workbook(str(path))
        with path.open("rb") as file:
            return self._calamine.load_workbook(file)

    def rows(self, number: int) -> Iterator[Row]:
        """The rows of the sheet with this number in `sheets`, from row 1 of the spreadsheet on."""
        if self.sheets[number].too_large:
            raise self.too_large(self.sheets[number])
        sheet = self._sheet(self._indexes[number])
        start = sheet.start
        if start is None:
            return
        margin = (None,) * start[1]
        for row in sheet.iter_rows():
            yield margin + tuple(plain(row)) if margin else tuple(plain(row))

    def let_go(self) -> None:
        """Close the file; sheets that did not stay parsed are read from it anew."""
        self._book = None

    def too_large(self, sheet: SheetFacts) -> Refused:
        """The sentence about a sheet beyond the limits, with its size."""
        return Refused(
            "reading.too_large",
            sheet=sheet.name,
            rows=sheet.rows,
            columns=sheet.columns,
            max_rows=self._limits.rows,
            max_columns=self._limits.columns,
        )

    def _guard(
        self, path: Path, kind: str, step: Callable[[int, int], None]
    ) -> dict[str | None, SheetScan]:
        scans: dict[str | None, SheetScan] = {}

        def wanted(name: str) -> Callable[[bytes], None] | None:
            # Sheets may lie anywhere; they are told by their folder's name in every known writer.
            part = _part(name)
            if kind == "ods" and part == ods_merges.CONTENT:
                return self._spans.feed
            if kind != "xlsx" or "sheet" not in part or not part.endswith(".xml"):
                return None
            if "sharedstrings" in part or "/_rels/" in part:
                return None
            scans[part] = SheetScan(self._limits)
            return scans[part].feed

        try:
            Guard(path, self._limits).walk(wanted, step)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
            raise Refused("reading.damaged") from error
        for scan in scans.values():
            scan.finish()
        return scans

    def _facts(self, index: int, sheet: Any, scan: SheetScan | None) -> SheetFacts:
        shown = 0 if self._old else self._calamine.SheetVisibleEnum.Visible
        hidden = sheet.visible != shown
        facts = SheetFacts(sheet.name, hidden=hidden)
        if scan is not None:
            facts = replace(
                facts,
                checked=True,
                formulas_without_value=scan.formulas_without_value,
                formula_cells=scan.formula_cells,
                error_cells=scan.error_cells,
                hidden_rows=scan.hidden_rows,
            )
            if scan.too_large:
                rows, columns = max(scan.rows, scan.last_row), max(1, scan.last_column)
                return replace(facts, rows=rows, columns=columns, too_large=True)
        loaded = self._sheet(index)
        end = loaded.end
        rows, columns = (end[0] + 1, end[1] + 1) if end is not None else (0, 0)
        large = rows > self._limits.rows or columns > self._limits.columns
        return replace(facts, rows=rows, columns=columns, merged=_merges(loaded), too_large=large)

    def _sheet(self, index: int) -> Any:
        """The parsed sheet; small ones stay parsed, of large ones only the last."""
        if index not in self._loaded:
            kept = sum(sheet.height * sheet.width for sheet in self._loaded.values())
            if kept > _CELLS_KEPT:
                self._loaded.clear()
            try:
                self._book = self._book or self._load(self._path, self._kind)
                self._loaded[index] = self._book.get_sheet_by_index(index)
            except self._calamine.PasswordError as error:
                raise Refused("reading.password") from error
            except (self._calamine.CalamineError, ValueError, OSError) as error:
                raise Refused("reading.damaged") from error
        return self._loaded[index]


def plain(row: list[Any]) -> list[Any]:
    """Blank cells as None, durations as text; everything else as it is."""
    if "" in row:
        row = [None if value == "" else value for value in row]
    if timedelta in set(map(type, row)):
        row = [str(value) if isinstance(value, timedelta) else value for value in row]
    return row


def _merges(sheet: Any) -> tuple[tuple[int, int, int, int], ...] | None:
    ranges = sheet.merged_cell_ranges
    if ranges is None:
        return None
    return tuple((*start, *end) for start, end in ranges[:_MERGES_TOLD])


def _part(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _sheet_parts(path: Path) -> dict[str, str]:
    """The part that holds each sheet, by sheet name; empty where the package is unusual."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {_part(name): name for name in archive.namelist()}
            book = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))
            links = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
    except (KeyError, zipfile.BadZipFile, OSError, ElementTree.ParseError, ValueError):
        return {}
    targets = {
        link.get("Id", ""): posixpath.normpath(
            posixpath.join("/xl", link.get("Target", "").replace("\\", "/"))
        )
        .lstrip("/")
        .lower()
        for link in links
    }
    parts: dict[str, str] = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            for name, value in element.attrib.items():
                if name.endswith("}id"):
                    parts[element.get("name", "")] = targets.get(value, "")
    return parts
