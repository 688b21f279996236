"""What was pasted into a list, as a file for the import page. Each book has its own, by its uid."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from crm_desktop.paths import Home


def keep_pasted(home: Home, book: str, name: str, text: str) -> Path:
    """Write pasted rows into the home, where an import can be taken up again after a restart.

    There is one such file of a book: it goes when its import has ended, or other rows are pasted.
    """
    forget_pasted(home, book)
    folder = _folder(home) / book
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{name}.tsv"
    file.write_text(text + "\n", "utf-8-sig", newline="")
    return file


def forget_pasted(home: Home, book: str) -> None:
    """Nothing that was pasted stays behind; a file another program holds open goes next time.

    Neither does what was pasted when books were not yet told apart.
    """
    for folder in (_folder(home), _folder(home) / book):
        for old in folder.glob("*.tsv"):
            with suppress(OSError):
                old.unlink(missing_ok=True)


def is_pasted(home: Home, file: Path) -> bool:
    """Whether a file holds what was pasted, and goes when its import has ended."""
    return _folder(home) in (file.parent, file.parent.parent)


def _folder(home: Home) -> Path:
    return home.data / "pasted"
