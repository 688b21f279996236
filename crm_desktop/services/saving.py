"""Writing what the window has drawn into a file of the user's choice."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.data.errors import refusing
from crm_desktop.data.files import replace_durably


def save_bytes(path: Path, data: bytes) -> None:
    """Write the file whole or not at all. Refused where it cannot be written."""
    part = path.with_name(path.name + ".part")
    with refusing(path):
        try:
            part.write_bytes(data)
            replace_durably(part, path)
        finally:
            part.unlink(missing_ok=True)
