"""Where things lie: what the program ships, and where this user's files go."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).resolve().parent
APP_NAME = "CRM Desktop"


@cache
def shipped(name: str) -> Path:
    """The folder `resources` or `migrations`: in the package, else in the repository."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


class Home(NamedTuple):
    """The user's folders. `--home DIR` puts all of them below one folder."""

    data: Path
    config: Path
    logs: Path
    documents: Path

    @classmethod
    def default(cls) -> Home:
        """The folders the system keeps for this user; never a synced one for the book."""
        import platformdirs  # only where no --home was given

        dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False, roaming=False)
        return cls(
            data=Path(dirs.user_data_dir),
            config=Path(dirs.user_config_dir),
            logs=Path(dirs.user_log_dir),
            documents=Path(dirs.user_documents_dir) / APP_NAME,
        )

    @classmethod
    def at(cls, folder: Path) -> Home:
        """Everything below `folder`."""
        return cls(folder / "data", folder / "config", folder / "logs", folder / "documents")

    @property
    def book(self) -> Path:
        """The book that opens when none is named."""
        return self.data / "book.crm"

    @property
    def backups(self) -> Path:
        """Where verified backups are kept."""
        return self.data / "backups"
