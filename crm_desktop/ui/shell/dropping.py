"""Files dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

_IMPORTABLE = {".xlsx", ".xls", ".xlsm", ".csv", ".txt", ".tsv", ".vcf", ".ods"}


def dropped_file(data: QMimeData) -> Path | None:
    """The first file of this computer among what is dragged."""
    for url in data.urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    return None


def is_importable(file: Path) -> bool:
    """Whether the import page knows files of this ending."""
    return file.suffix.lower() in _IMPORTABLE
