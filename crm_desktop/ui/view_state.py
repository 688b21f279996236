"""How the user left the window: geometry, sort, scroll, columns. The only place with QSettings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from crm_desktop.typed_texts import STATE_FILE, Tells, without_told


class ViewState:
    """Plain values under names, kept over restarts; belongs to the machine, not to the book."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep it in `folder`; without a folder it lives in memory only."""
        self._store: QSettings | None = None
        self._memory: dict[str, Any] = {}
        if folder is not None:
            self._store = QSettings(str(folder / STATE_FILE), QSettings.Format.IniFormat)

    def get(self, name: str, default: Any = None) -> Any:
        """The value kept under `name`; `default` when there is none or it cannot be read."""
        if name in self._memory:
            return self._memory[name]
        if self._store is None or not self._store.contains(name):
            return default
        try:
            value = json.loads(str(self._store.value(name)))
        except ValueError:
            return default
        self._memory[name] = value
        return value

    def put(self, name: str, value: Any) -> None:
        """Keep `value`: anything JSON can say."""
        if self._memory.get(name) == value and name in self._memory:
            return
        self._memory[name] = value
        if self._store is not None:
            self._store.setValue(name, json.dumps(value, ensure_ascii=True))

    def remove(self, name: str) -> None:
        """Keep nothing under `name`."""
        self._memory.pop(name, None)
        if self._store is not None:
            self._store.remove(name)

    def forget_told(self, tells: Tells) -> None:
        """Take out what was typed and tells of somebody who was erased; what is left is on disk."""
        stored = self._store.allKeys() if self._store is not None else []
        for name in {*stored, *self._memory}:
            value = self.get(name)
            kept = without_told(name, value, tells)
            if kept is None:
                self.remove(name)
            elif kept != value:
                self.put(name, kept)
        self.flush()

    def get_bytes(self, name: str) -> QByteArray:
        """Geometry and header states of Qt; empty when there is none."""
        return QByteArray.fromHex(QByteArray(str(self.get(name, "")).encode("ascii", "ignore")))

    def put_bytes(self, name: str, value: QByteArray) -> None:
        """Keep a state that Qt gave as bytes."""
        self.put(name, bytes(value.toHex().data()).decode("ascii"))

    def flush(self) -> None:
        """Write to disk now."""
        if self._store is not None:
            self._store.sync()
