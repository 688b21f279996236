"""Where this user's files go."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from crm_desktop.paths import APP_NAME, Home


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="platformdirs itself answers there")
@pytest.mark.parametrize("folder", [None, "", "  ", "/elsewhere/of mine", "not/absolute"])
def test_the_folders_are_those_platformdirs_names(
    monkeypatch: pytest.MonkeyPatch, folder: str | None
) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        if folder is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, folder)
    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False, roaming=False)
    assert Home.default() == Home(
        data=Path(dirs.user_data_dir),
        config=Path(dirs.user_config_dir),
        logs=Path(dirs.user_log_dir),
    )
