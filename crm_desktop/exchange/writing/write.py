"""The door of this package: a table into a file, by the ending of its name."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.writing.csv_file import write_csv
from crm_desktop.exchange.writing.table import TableOut
from crm_desktop.exchange.writing.xlsx import write_xlsx
from crm_desktop.progress import NO_PROGRESS, Progress


def write_table(path: Path, table: TableOut, progress: Progress = NO_PROGRESS) -> int:
    """Write `table` to `path` (.xlsx or .csv); returns the number of rows written.

    The file is there whole or not at all, also after `Cancelled`. Raises Refused for an ending
    it cannot write ("writing.unknown_format") and for what `whole_file` refuses.
    """
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return write_xlsx(path, table, progress)
    if ending == ".csv":
        return write_csv(path, table, progress)
    raise Refused("writing.unknown_format", name=path.name)
