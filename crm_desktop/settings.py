"""Settings of this machine: language, theme, text size and where the book lies."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(slots=True)
class Settings:
    """What belongs to the machine, not to the book. Unknown or broken values become defaults."""

    language: str = ""  # "" follows the system
    theme: str = "system"  # system, light, dark
    text_size: int = 100  # percent: 100, 115, 130, 150
    book: str = ""  # "" is the default place
    backup_folder: str = ""  # "" is beside the book

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """Read `settings.json` below `folder`; a missing or damaged file gives the defaults."""
        try:
            stored = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        settings = cls()
        if isinstance(stored, dict):
            for item in fields(cls):
                value = stored.get(item.name)
                if type(value) is type(getattr(settings, item.name)):
                    setattr(settings, item.name, value)
        return settings

    def save(self, folder: Path) -> None:
        """Write `settings.json` below `folder`, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / "settings.json.part"
        part.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")
        os.replace(part, folder / "settings.json")
