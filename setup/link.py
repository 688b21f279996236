"""Make `crm-desktop` a command of this virtual environment that runs the working tree."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

_COMMAND = """#!{python}
import sys

from crm_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
"""


def link(root: Path) -> None:
    """Write the path file and the command; needs no build tool and no network."""
    (Path(sysconfig.get_path("purelib")) / "crm_desktop.pth").write_text(f"{root}\n", "utf-8")
    command = Path(sysconfig.get_path("scripts")) / "crm-desktop"
    command.write_text(_COMMAND.format(python=sys.executable), "utf-8")
    command.chmod(0o755)


if __name__ == "__main__":
    link(Path(__file__).resolve().parent.parent)
