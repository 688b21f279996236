"""How the user left the window: geometry, sort, scroll, columns. The only place with QSettings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from crm_desktop.typed_texts import STATE_FILE, Tells, group_of, name_for, name_kept, without_told

_KNOWN = "books/known"  # the uids of books, the one opened last first
_MOST_BOOKS = 20
_NOTHING = object()


class ViewState:
    """Plain values under names, kept over restarts in the user's home.

    What is of a book is kept for each by itself. Until `of_book` was called it is the one that
    was open last.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Keep it in `folder`; without a folder it lives in memory only."""
        self._store: QSettings | None = None
        self._memory: dict[str, Any] = {}
        if folder is not None:
            self._store = QSettings(str(folder / STATE_FILE), QSettings.Format.IniFormat)
        known = self._get(_KNOWN, None)
        self._known: list[str] = [str(uid) for uid in known] if isinstance(known, list) else []

    def of_book(self, uid: str) -> None:
        """From now on what is of a book is of the one with this uid.

        The first one takes over what was kept when books were not yet told apart. Of those that
        were not open for long nothing is kept any more.
        """
        if self._known[:1] == [uid]:
            return
        if not self._known:
            self._take_over(uid)
        known = [uid, *(one for one in self._known if one != uid)]
        for gone in known[_MOST_BOOKS:]:
            self._drop(gone)
        self._known = known[:_MOST_BOOKS]
        self._put(_KNOWN, self._known)

    def get(self, name: str, default: Any = None) -> Any:
        """The value kept under `name`; `default` when there is none or it cannot be read."""
        return self._get(self._kept(name), default)

    def put(self, name: str, value: Any) -> None:
        """Keep `value`: anything JSON can say."""
        self._put(self._kept(name), value)

    def remove(self, name: str) -> None:
        """Keep nothing under `name`."""
        self._remove(self._kept(name))

    def forget_told(self, tells: Tells) -> None:
        """Take out what was typed in this book and tells of somebody who was erased from it.

        What is left is on disk.
        """
        for kept in self._all_kept():
            name = name_for(self._book, kept)
            if name is None:
                continue
            value = self._get(kept, None)
            left = without_told(name, value, tells)
            if left is None:
                self._remove(kept)
            elif left != value:
                self._put(kept, left)
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

    # ---- under the names of the file

    @property
    def _book(self) -> str | None:
        return self._known[0] if self._known else None

    def _kept(self, name: str) -> str:
        return name_kept(self._book, name)

    def _get(self, kept: str, default: Any) -> Any:
        if kept in self._memory:
            return self._memory[kept]
        if self._store is None or not self._store.contains(kept):
            return default
        try:
            value = json.loads(str(self._store.value(kept)))
        except ValueError:
            return default
        self._memory[kept] = value
        return value

    def _put(self, kept: str, value: Any) -> None:
        if self._get(kept, _NOTHING) == value:
            return
        self._memory[kept] = value
        if self._store is not None:
            self._store.setValue(kept, json.dumps(value, ensure_ascii=True))

    def _remove(self, kept: str) -> None:
        self._memory.pop(kept, None)
        if self._store is not None:
            self._store.remove(kept)

    def _all_kept(self) -> set[str]:
        stored = self._store.allKeys() if self._store is not None else []
        return {*stored, *self._memory}

    def _take_over(self, uid: str) -> None:
        for old in self._all_kept():
            new = name_kept(uid, old)
            if new != old:
                value = self._get(old, None)
                self._remove(old)
                if value is not None:
                    self._put(new, value)

    def _drop(self, uid: str) -> None:
        group = group_of(uid)
        for kept in [one for one in self._memory if one.startswith(f"{group}/")]:
            del self._memory[kept]
        if self._store is not None:
            self._store.remove(group)
