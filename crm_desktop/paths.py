"""Where things lie: what the program ships, and where this user's files go."""

from __future__ import annotations

import os
import sys
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


def _xdg(variable: str, usual: str) -> Path:
    """The program's folder in a base directory of the XDG specification."""
    named = Path(os.environ.get(variable, "").strip()).expanduser()
    return (named if named.is_absolute() else Path.home() / usual) / APP_NAME


class Home(NamedTuple):
    """The user's folders. `--home DIR` puts all of them below one folder."""

    data: Path
    config: Path
    logs: Path

    @classmethod
    def default(cls) -> Home:
        """The folders the system keeps for this user; never a synced one for the book."""
        if sys.platform in ("win32", "darwin"):
            import platformdirs  # only where no --home was given

            dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False, roaming=False)
            return cls(
                data=Path(dirs.user_data_dir),
                config=Path(dirs.user_config_dir),
                logs=Path(dirs.user_log_dir),
            )
        # As platformdirs says (a test compares), without the 4 ms it costs the first picture here.
        return cls(
            data=_xdg("XDG_DATA_HOME", ".local/share"),
            config=_xdg("XDG_CONFIG_HOME", ".config"),
            logs=_xdg("XDG_STATE_HOME", ".local/state") / "log",
        )

    @classmethod
    def at(cls, folder: Path) -> Home:
        """Everything below `folder`."""
        return cls(folder / "data", folder / "config", folder / "logs")

    @property
    def book(self) -> Path:
        """The book that opens when none is named."""
        return self.data / "book.crm"

    @property
    def backups(self) -> Path:
        """Where verified backups are kept."""
        return self.data / "backups"
