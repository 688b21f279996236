"""`--self-test`: proves a finished bundle, one line per part, in a folder that is thrown away.

Every part that a bundle can lack without anybody noticing is really used: resources, fonts,
the book's engine, the migrations, the child process, paper, workbooks, the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QSize

from crm_desktop.data import upgrade
from crm_desktop.data.engines import sqlite
from crm_desktop.documents.paper import PaperLine, PaperTotals, Party, QuotePaper
from crm_desktop.documents.quote_pdf import quote_pdf
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.regions import read_region
from crm_desktop.exchange.reading.handle import open_file
from crm_desktop.exchange.writing import Column, ColumnType, TableOut, in_batches, write_table
from crm_desktop.paths import Home, shipped
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.pictures import Look, Studio
from crm_desktop.ui.places import Place
from crm_desktop.words import LANGUAGES, Words

_NAME = "曾国藩"
_DAY = date(2024, 2, 29)


def main() -> int:
    """Run every part; 0 where all are well. What fails is named with its cause."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        for part in _PARTS:
            try:
                part(Path(name))
            except Exception:
                failed += 1
                _say(f"FAILED {part.__name__.strip('_')}\n{traceback.format_exc()}")
            else:
                _say(f"ok {part.__name__.strip('_')}")
    return 1 if failed else 0


def _say(line: str) -> None:
    if sys.stdout is not None:  # a windowed program on Windows has none
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _expect(truth: bool, what: str) -> None:
    if not truth:  # not assert: a bundle may be made with -O
        raise AssertionError(what)


def _resources(_: Path) -> None:
    for language in LANGUAGES:
        _expect(bool(Words(language).text("writing.text")), language)
    for name in ("fonts/Paper-Regular.ttf", "icons/house.svg", "words/kind.json"):
        _expect((shipped("resources") / name).is_file(), name)


def _migrations(folder: Path) -> None:
    upgrades = upgrade.Upgrades.shipped()
    _expect((upgrades.folder / "env.py").is_file(), str(upgrades.folder))
    if upgrades.head:
        path = folder / "migrated.crm"
        sqlite.create_file(path)
        upgrade.migrate(path, upgrades)


def _book(folder: Path) -> None:
    clock = Clock()
    home = Home.at(folder)
    services = Services(open_book(folder / "book.crm", clock), clock, home)
    try:
        services.records.create(Kind.COMPANY, {"name": _NAME})
    finally:
        services.book.close()
    services = Services(open_book(folder / "book.crm", clock), clock, home)
    try:
        _expect(services.records.count(Kind.COMPANY) == 1, "the company is not there")
    finally:
        services.book.close()


def _workbook(folder: Path) -> None:
    columns = (
        Column("姓名"),
        Column("Amount", ColumnType.MONEY),
        Column("Day", ColumnType.DATE),
    )
    rows = [(_NAME, Decimal("1234.56"), _DAY), ("=1+1", None, None)]
    for ending in ("xlsx", "csv"):
        path = folder / f"table.{ending}"
        write_table(path, TableOut("T", columns, in_batches(rows), Words("zh").text))
        with open_file(path) as opened:  # in the child process
            read = opened.head()
        _expect(read[1][0] == _NAME, f"{ending}: {read!r}")


def _regions(_: Path) -> None:
    region = read_region("浙江杭州西湖区文三路 1 号")
    _expect(region is not None and region.city == "杭州市", f"the list of cities: {region!r}")


def _paper(_: Path) -> None:
    amount = Decimal("1234.56")
    line = PaperLine(description=_NAME, quantity=Decimal(1), price=amount, amount=amount)
    paper = QuotePaper(
        number="Q-1",
        dated=_DAY,
        seller=Party(name="Seller"),
        customer=Party(name=_NAME),
        lines=(line,),
        totals=PaperTotals(subtotal=amount, total=amount),
    )
    pdf = pypdfium2.PdfDocument(quote_pdf(paper))
    try:
        page = pdf[0]
        text = page.get_textpage().get_text_bounded()
        _expect(_NAME in text, "the PDF does not hold its text")
        page.render(scale=0.5).to_pil()
    finally:
        pdf.close()


def _window(folder: Path) -> None:
    clock = Clock()
    home = Home.at(folder)
    services = Services(open_book(folder / "book.crm", clock), clock, home)
    try:
        studio = Studio(services, clock, home)
        picture = studio.grab(Place("today"), folder / "today.png", Look(size=QSize(1024, 600)))
        _expect(picture.stat().st_size > 0, "no picture")
    finally:
        services.book.close()


_PARTS: tuple[Callable[[Path], None], ...] = (
    _resources,
    _migrations,
    _book,
    _workbook,
    _regions,
    _paper,
    _window,
)
