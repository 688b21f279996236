"""A plain list of 100,000 rows as a workbook."""

from __future__ import annotations

import tempfile
import zlib
from pathlib import Path
from zipfile import ZipFile

from benchmarks import books
from benchmarks.measure import Result, ratio, seconds
from crm_desktop.domain.kinds import Kind
from crm_desktop.words import Words

PEOPLE = 100_000


def run(people: int = PEOPLE) -> list[Result]:
    """Against deflating the same XML."""
    services = books.people(people)
    try:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "people.xlsx"
            took = seconds(lambda: services.exports.export(Kind.PERSON, path, words=Words("zh")))
            with ZipFile(path) as packed:
                xml = b"".join(packed.read(entry) for entry in packed.namelist())
            floor = seconds(lambda: zlib.compress(xml))
    finally:
        services.book.close()
    return [ratio(f"export of {people:,} people", took, floor, 2, f"{len(xml) >> 20} MB of XML")]
