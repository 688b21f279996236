"""Settings of this machine: language, theme, text size and where the book lies."""

from __future__ import annotations

import json
import os
from pathlib import Path


class Settings:
    """What belongs to the machine, not to the book. Unknown or broken values become defaults."""

    def __init__(
        self,
        *,
        language: str = "",
        theme: str = "system",
        text_size: int = 100,
        density: str = "roomy",
        start_page: str = "",
        book: str = "",
        backup_folder: str = "",
        colleague: str = "",
    ) -> None:
        self.language = language  # "" follows the system
        self.theme = theme  # system, light, dark
        self.text_size = text_size  # percent: 100, 115, 130, 150
        self.density = density  # of the rows of lists: roomy, compact
        self.start_page = start_page  # "" is where the user was last
        self.book = book  # "" is the default place
        self.backup_folder = backup_folder  # "" is beside the book
        self.colleague = colleague  # uid of who works here: new records are recorded by them

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # they change

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """Read `settings.json` below `folder`; a missing or damaged file gives the defaults."""
        settings = cls()
        try:
            stored = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return settings
        for name, usual in vars(settings).copy().items():
            value = stored.get(name) if isinstance(stored, dict) else None
            if type(value) is type(usual):
                setattr(settings, name, value)
        return settings

    def with_wishes(self, *, language: str, theme: str, text_size: int) -> Settings:
        """The same, but for what is wished for this once; "" and 0 wish for nothing."""
        changed = {"language": language, "theme": theme, "text_size": text_size}
        wishes = {name: value for name, value in changed.items() if value}
        return Settings(**(vars(self) | wishes))

    def save(self, folder: Path) -> None:
        """Write `settings.json` below `folder`, whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / "settings.json.part"
        part.write_text(json.dumps(vars(self), indent=1), encoding="utf-8")
        os.replace(part, folder / "settings.json")
