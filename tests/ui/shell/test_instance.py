"""The second start of the same book raises the first window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_desktop.ui.shell.instance import Instance, raise_running


def test_a_second_start_is_heard(tmp_path: Path, qtbot: Any) -> None:
    book = tmp_path / "book.crm"
    raised: list[bool] = []
    first = Instance(book)
    assert not raise_running(book)
    first.listen(lambda: raised.append(True))
    assert raise_running(book)
    qtbot.waitUntil(lambda: bool(raised))
    first.close()
    assert not raise_running(book)


def test_a_mark_left_by_a_crash_stops_nobody(tmp_path: Path) -> None:
    book = tmp_path / "book.crm"
    (tmp_path / "book.crm.open").touch()
    assert not raise_running(book)
