"""Files kept with records: taken in as bytes, handed out as copies, never run."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any

from crm_desktop.data import attachments as rows
from crm_desktop.data import book_settings
from crm_desktop.data.book import Book
from crm_desktop.data.errors import refusing
from crm_desktop.data.files import replace_durably
from crm_desktop.domain.attachments import LARGEST, AttachmentRow, safe_name
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.text import clean_name

_CHANGEABLE = frozenset({"name", "type_id", "file_version", "expires_on"})


class Attachments:
    """Everything about files; each change is one gesture."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock
        self._copies: Path | None = None

    def of(self, ref: Ref) -> list[AttachmentRow]:
        """The files of a record, newest first."""
        with self._book.read() as session:
            return rows.of_record(session, ref)

    def count(self, ref: Ref) -> int:
        """How many files a record has."""
        with self._book.read() as session:
            return rows.count(session, ref)

    def one(self, attachment_id: int) -> AttachmentRow:
        """One file. Refused("record.gone") where there is none."""
        with self._book.read() as session:
            found = rows.one(session, attachment_id)
        if found is None:
            raise Refused("record.gone")
        return found

    def add(self, ref: Ref, path: Path, *, type_id: int | None = None) -> int:
        """Take in a copy of a file; the original stays where it is. Returns the attachment's id.

        Refuses what is no plain file, and more than 50 MB.
        """
        return self.add_bytes(ref, path.name, read_capped(path), type_id=type_id)

    def add_bytes(self, ref: Ref, name: str, data: bytes, *, type_id: int | None = None) -> int:
        """Keep bytes (a picture from the clipboard) as a file of this name."""
        name = safe_name(name)
        if len(data) > LARGEST:
            raise Refused("attachment.too_large", name=name, limit=LARGEST // 1024**2)
        with self._book.write("gesture.attached", name=name, to=ref.title) as writing:
            sha256 = book_settings.keep_blob(writing.session, data)
            values = {"name": name, "sha256": sha256, "size": len(data), "type_id": type_id}
            return rows.add(writing.session, ref, values)

    def data(self, attachment_id: int) -> bytes:
        """The bytes. Refused where the book does not have them."""
        with self._book.read() as session:
            if rows.one(session, attachment_id) is None:
                raise Refused("record.gone")
            data = book_settings.blob(session, rows.sha256_of(session, attachment_id))
        if data is None:
            raise Refused("attachment.lost")
        return data

    def open_copy(self, attachment_id: int) -> Path:
        """A read-only copy in a private folder, for the system to open.

        Refuses programs and files with macros: they can be saved, knowingly.
        """
        found = self.one(attachment_id)
        if found.executable:
            raise Refused("attachment.executable", name=found.name)
        data = self.data(attachment_id)
        if self._copies is None:
            self._copies = Path(tempfile.mkdtemp(prefix="crm-open-"))  # for this user alone
        folder = self._copies / str(attachment_id)
        target = folder / safe_name(found.name)
        with refusing(target):
            shutil.rmtree(folder, onerror=_make_writable)
            folder.mkdir(mode=0o700)
            target.write_bytes(data)
            target.chmod(stat.S_IRUSR)
        return target

    def save_as(self, attachment_id: int, path: Path) -> None:
        """Write the file where the user wishes, whole or not at all."""
        data = self.data(attachment_id)
        part = path.with_name(path.name + ".part")
        with refusing(path):
            try:
                part.write_bytes(data)
                replace_durably(part, path)
            finally:
                part.unlink(missing_ok=True)

    def set(self, attachment_id: int, **values: Any) -> None:
        """Change name, type_id, file_version or expires_on."""
        if unknown := set(values) - _CHANGEABLE:
            raise ValueError(f"a file has no {sorted(unknown)}")
        if "name" in values:
            values["name"] = safe_name(values["name"])
        if "file_version" in values:
            values["file_version"] = clean_name(values["file_version"] or "") or None
        name = self.one(attachment_id).name
        with self._book.write("gesture.attachment_changed", name=name) as writing:
            rows.change(writing.session, attachment_id, values)

    def trash(self, attachment_id: int) -> None:
        """Take a file away from its record; undo brings it back."""
        name = self.one(attachment_id).name
        with self._book.write("gesture.attachment_trashed", name=name) as writing:
            rows.set_trashed(writing.session, attachment_id, self._clock.now())

    def restore(self, attachment_id: int) -> None:
        """Put a file back with its record."""
        name = self.one(attachment_id).name
        with self._book.write("gesture.attachment_restored", name=name) as writing:
            rows.set_trashed(writing.session, attachment_id, None)

    def close(self) -> None:
        """Remove the copies that were handed out."""
        if self._copies is not None:
            shutil.rmtree(self._copies, onerror=_make_writable)
            self._copies = None


def read_capped(path: Path) -> bytes:
    """The bytes of a plain file, not more than may be kept; never waits for a device or a pipe."""
    name = safe_name(path.name)
    with refusing(path):
        # Without O_NONBLOCK opening a pipe would wait for its other end.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        if path.is_dir():
            raise Refused("attachment.not_a_file", name=name)
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            info = os.fstat(descriptor)
            if not stat.S_ISREG(info.st_mode):
                raise Refused("attachment.not_a_file", name=name)
            data = file.read(LARGEST + 1) if info.st_size <= LARGEST else b""
        if info.st_size > LARGEST or len(data) > LARGEST:
            raise Refused("attachment.too_large", name=name, limit=LARGEST // 1024**2)
    return data


def _make_writable(function: Any, path: str, _error: Any) -> None:
    """Windows does not remove what is read-only; what another program holds open stays."""
    try:
        os.chmod(path, stat.S_IWUSR | stat.S_IRUSR)
        function(path)
    except OSError:
        return
