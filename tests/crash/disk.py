"""A disk that remembers what was flushed: the state after a kill, or after the power went."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from tests.crash.recording import Operation

SECTOR = 512


class File:
    """A file: what the disk holds for certain, and what is still on its way."""

    def __init__(self) -> None:
        self.safe = bytearray()
        self.pending: list[Operation] = []
        self.now = bytearray()

    def apply(self, operation: Operation) -> None:
        """The program sees its own writes at once."""
        _change(self.now, operation)
        self.pending.append(operation)

    def sync(self) -> None:
        """Everything so far is on the disk."""
        self.safe = bytearray(self.now)
        self.pending.clear()

    def after_power_cut(self, chance: random.Random) -> bytes:
        """Some of what was on its way arrived, in any choice, sectors torn."""
        image = bytearray(self.safe)
        for operation in self.pending:
            fate = chance.random()
            if fate < 0.45:
                continue
            if fate < 0.6 and operation.what == "write" and len(operation.data) > SECTOR:
                kept = SECTOR * chance.randrange(1, len(operation.data) // SECTOR + 1)
                part = Operation("write", "", operation.data[:kept], operation.offset)
                _change(image, part)
            else:
                _change(image, operation)
        return bytes(image)


def _change(image: bytearray, operation: Operation) -> None:
    if operation.what in ("truncate", "empty"):
        size = max(operation.offset, 0)
        del image[size:]
        image.extend(bytes(size - len(image)))
    elif operation.what == "write":
        start = len(image) if operation.offset < 0 else operation.offset
        if start > len(image):
            image.extend(bytes(start - len(image)))
        image[start : start + len(operation.data)] = operation.data


class Disk:
    """All files below one folder, operation by operation."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self._names_safe: dict[str, File] = {}

    def apply(self, operation: Operation) -> None:
        """Do to the model what the program did to the disk."""
        path = operation.path
        if operation.what == "sync":
            if path in self.files:
                self.files[path].sync()
                self._names_safe[path] = self.files[path]
            else:  # a folder: names are now as they are
                self._names_safe = dict(self.files)
        elif operation.what == "rename":
            if path in self.files:
                self.files[operation.target] = self.files.pop(path)
        elif operation.what == "unlink":
            self.files.pop(path, None)
        else:
            file = self.files.setdefault(path, File())
            if operation.what != "create":
                file.apply(operation)

    def after_kill(self) -> dict[str, bytes]:
        """The system wrote everything it was given."""
        return {path: bytes(file.now) for path, file in self.files.items()}

    def after_power_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Only what was flushed is certain; names not flushed are old or new."""
        names = self.files if chance.random() < 0.5 else self._names_safe
        return {path: file.after_power_cut(chance) for path, file in names.items()}


def lay_out(images: dict[str, bytes], source: Path, target: Path, leave_out: Iterable[str]) -> None:
    """Write the images below `target` as they lay below `source`."""
    for path, data in images.items():
        relative = Path(path).relative_to(source)
        if relative.name in leave_out:
            continue
        place = target / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
