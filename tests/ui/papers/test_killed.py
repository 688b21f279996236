"""The process dies while a quote is written: nothing but the cell being typed is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal

from crm_desktop.domain.clock import FixedClock
from crm_desktop.domain.document_lines import LineDraft
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from tests.ui.papers.conftest import NOW

WRITES_AND_DIES = """
import os, signal, sys
from pathlib import Path
from crm_desktop.domain.clock import FixedClock
from crm_desktop.paths import Home
from crm_desktop.services.house import Services, open_book
from crm_desktop.ui.pictures import Studio
from crm_desktop.ui.places import Place
from tests.ui.papers.conftest import NOW

home, clock = Home.at(Path(sys.argv[1])), FixedClock(NOW, "Asia/Shanghai")
book = open_book(home.book, clock)
studio = Studio(Services(book, clock, home), clock, home)
studio.window.navigator.go(Place.record("quote", int(sys.argv[2])))
studio.settle()
rows = studio.window.area.page.lines.rows
for row, text in ((rows[0], "4500"), (rows[1], "99")):
    price = row.cells["price"]
    price.setFocus()
    price.setText(text)
    price.setModified(True)
    if row is rows[0]:
        price.read()
        studio.settle()
os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
"""


def test_only_the_cell_being_typed_is_lost(home: Home) -> None:
    clock = FixedClock(NOW, "Asia/Shanghai")
    book = open_book(home.book, clock)
    lines = [LineDraft(name="安装"), LineDraft(name="运费", price=Decimal(50))]
    quote = Services(book, clock, home).quotes.create({}, lines)
    book.close()
    folder = str(home.book.parent.parent)
    died = subprocess.run(
        [sys.executable, "-c", WRITES_AND_DIES, folder, str(quote)],
        env={**os.environ, "PYTHONPATH": os.getcwd()},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert died.returncode != 0
    assert b"Traceback" not in died.stderr
    book = open_book(home.book, clock)
    stored = Services(book, clock, home).quotes.card(quote).lines
    book.close()
    assert [line.price for line in stored] == [Decimal(4500), Decimal(50)]
