"""What was pasted into a list, as a file for the import page."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from crm_desktop.paths import Home


def keep_pasted(home: Home, name: str, text: str) -> Path:
    """Write pasted rows beside the book, where an import can be taken up again after a restart.

    There is one such file: it goes when its import has ended, or other rows are pasted.
    """
    forget_pasted(home)
    folder = _folder(home)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{name}.tsv"
    file.write_text(text + "\n", "utf-8-sig", newline="")
    return file


def forget_pasted(home: Home) -> None:
    """Nothing that was pasted stays behind; a file another program holds open goes next time."""
    for old in _folder(home).glob("*.tsv"):
        with suppress(OSError):
            old.unlink(missing_ok=True)


def is_pasted(home: Home, file: Path) -> bool:
    """Whether a file holds what was pasted, and goes when its import has ended."""
    return file.parent == _folder(home)


def _folder(home: Home) -> Path:
    return home.data / "pasted"
