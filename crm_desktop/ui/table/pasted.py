"""What was pasted into a list, as a file for the import page."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.paths import Home


def keep_pasted(home: Home, name: str, text: str) -> Path:
    """Write pasted rows beside the book, where an import can be taken up again after a restart.

    There is one such file: the next rows pasted take its place.
    """
    folder = home.data / "pasted"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in folder.glob("*.tsv"):
        old.unlink()
    file = folder / f"{name}.tsv"
    file.write_text(text + "\n", "utf-8-sig", newline="")
    return file
