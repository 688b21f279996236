"""Backups: verified copies through SQLite's backup API, each with a manifest, rotated by age."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crm_desktop import __version__
from crm_desktop.data.engines import sqlite
from crm_desktop.data.erasing import ledger
from crm_desktop.data.errors import refusing
from crm_desktop.data.files import replace_durably, sync_folder
from crm_desktop.domain.clock import Clock
from crm_desktop.domain.problems import Refused
from crm_desktop.progress import NO_PROGRESS, Progress

PAGES_PER_STEP = 8_192
SIZE_CAP = 10 * 1024**3
ALL_DAYS, DAILY, WEEKLY, MONTHLY, ALWAYS = 2, 12, 10, 9, 3
_NAME = re.compile(r"-\d{8}-\d{6}-(\d{4,})\.crm$")


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy: where it lies and what its manifest says."""

    path: Path
    sequence: int
    at: datetime
    reason: str = ""
    size: int = 0
    sha256: str = ""
    schema: int = 0
    program: str = ""
    gesture: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def folder_of(book: Path) -> Path:
    """Where the backups of a book lie unless the user chose another folder."""
    return book.parent / "backups"


def companions(path: Path) -> list[Path]:
    """The files SQLite may keep beside a database."""
    return [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]


def manifest_of(path: Path) -> Path:
    """The manifest beside a backup."""
    return path.with_name(path.name + ".json")


def back_up(
    book: Path,
    folder: Path,
    clock: Clock,
    *,
    reason: str = "user",
    progress: Progress = NO_PROGRESS,
) -> Backup:
    """Copy the book, open or closed, to a new verified file in `folder`, then rotate.

    The book is checked first: a damaged one is refused and pushes no good backup out. The
    ledger of erasures goes beside it. The caller holds the lock of the book.
    """
    moment = clock.now()
    with refusing(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileNotFoundError:  # a drive that is not connected
            raise Refused("book.no_folder", path=str(folder)) from None
        sequence = max((b.sequence for b in list_backups(book, folder)), default=0) + 1
    stamp = moment.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    target = folder / f"{book.stem}-{stamp}-{sequence:04}.crm"
    part = target.with_name(target.name + ".part")
    try:
        with refusing(book):
            source = sqlite.connect(book)
        try:
            facts = _copy(book, source, part, progress)
            erased = ledger.from_connection(source)
        finally:
            source.close()
        with refusing(folder):
            digest = sha256_of(part)
            made = Backup(
                target, sequence, moment, reason, part.stat().st_size, digest,
                program=__version__, **facts,
            )  # fmt: skip
            _write_manifest(made)
            replace_durably(part, target)
        ledger.write_file(ledger.file_in(folder, book), erased)
    finally:
        for leftover in (part, *companions(part)):
            leftover.unlink(missing_ok=True)
    rotate(book, folder, moment)
    return made


def _copy(book: Path, source: Any, part: Path, progress: Progress) -> dict[str, Any]:
    """Copy one snapshot of `source` to `part` and prove that it is whole."""
    with refusing(book):
        sqlite.set_pragmas(source, {"query_only": 1, "trusted_schema": 0})
        source.execute("BEGIN")
        rows = sqlite.row_counts(source)
        facts = {"schema": source.execute("PRAGMA user_version").fetchone()[0], "rows": rows}
        facts["gesture"] = source.execute("SELECT max(id) FROM gesture").fetchone()[0] or 0
    for leftover in (part, *companions(part)):
        leftover.unlink(missing_ok=True)
    try:
        _write(book, source, part, rows, progress)
    except Refused:
        # The pages of the copy are those of the book: if they are bad, whose are they?
        sqlite.quick_check(source, book)
        raise
    return facts


def _write(book: Path, source: Any, part: Path, rows: dict[str, int], progress: Progress) -> None:
    with refusing(part.parent):
        target = sqlite.connect(part)
        try:
            # Our part is not worth anything before the end: it is synchronised as a whole then.
            target.execute("PRAGMA synchronous=OFF")
            source.backup(
                target,
                pages=PAGES_PER_STEP,
                progress=lambda _, left, total: progress.step(total - left, total),
            )
            mode = target.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            if mode != "delete":
                raise RuntimeError(f"the copy stays in journal mode {mode}")
            sqlite.quick_check(target, part)
            if sqlite.row_counts(target) != rows:
                raise Refused("book.backup_differs", path=str(book))
        finally:
            target.close()


def _write_manifest(made: Backup) -> None:
    content = {**asdict(made), "path": made.path.name, "at": made.at.isoformat()}
    part = manifest_of(made.path).with_name(manifest_of(made.path).name + ".part")
    part.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    replace_durably(part, manifest_of(made.path))


def sha256_of(path: Path) -> str:
    """The digest of a closed file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(path: Path) -> Backup | None:
    """What the manifest of the backup at `path` says; None without a readable one."""
    try:
        content = json.loads(manifest_of(path).read_text(encoding="utf-8"))
        at = datetime.fromisoformat(content.pop("at"))
        content.pop("path")
        return Backup(path=path, at=at, **content)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def list_backups(book: Path, folder: Path) -> list[Backup]:
    """The backups of this book in `folder`, newest first by their sequence, not by any clock."""
    found: list[Backup] = []
    for path in folder.glob("*.crm"):
        match = _NAME.search(path.name)
        if not match or path.name[: match.start()] != book.stem:
            continue
        found.append(read_manifest(path) or _without_manifest(path, int(match[1])))
    return sorted(found, key=lambda b: b.sequence, reverse=True)


def _without_manifest(path: Path, sequence: int) -> Backup:
    info = path.stat()
    return Backup(path, sequence, datetime.fromtimestamp(info.st_mtime, UTC), size=info.st_size)


def changed_since(book: Path, folder: Path, gesture: int) -> bool:
    """Whether the book, at `gesture`, holds anything the newest backup does not."""
    backups = list_backups(book, folder)
    return not backups or backups[0].gesture != gesture


def rotate(book: Path, folder: Path, now: datetime, *, size_cap: int = SIZE_CAP) -> list[Path]:
    """Remove backups that have had their time. Returns what went."""
    backups = list_backups(book, folder)
    kept = to_keep(((b.sequence, b.at, b.size) for b in backups), now, size_cap=size_cap)
    gone = [b.path for b in backups if b.sequence not in kept]
    with refusing(folder):
        for path in gone:
            path.unlink(missing_ok=True)
            manifest_of(path).unlink(missing_ok=True)
        if gone:
            sync_folder(folder)
    return gone


def to_keep(
    backups: Iterable[tuple[int, datetime, int]], now: datetime, *, size_cap: int = SIZE_CAP
) -> set[int]:
    """Which sequence numbers stay, of (sequence, moment, size).

    All of the last 2 days, the newest of each of 12 days, 10 weeks and 9 months; the newest
    three and those from the future (a clock was moved) in any case. Above the size cap the
    oldest go first, never the newest three.
    """
    newest_first = sorted(backups, reverse=True)
    always = {sequence for sequence, _, _ in newest_first[:ALWAYS]}
    keep = set(always)
    seen: dict[str, set[Any]] = {"day": set(), "week": set(), "month": set()}
    limits = {"day": DAILY, "week": WEEKLY, "month": MONTHLY}
    for sequence, at, _ in newest_first:
        if at > now - timedelta(days=ALL_DAYS):
            keep.add(sequence)
        spans = {"day": at.date(), "week": at.isocalendar()[:2], "month": (at.year, at.month)}
        for span, value in spans.items():
            if value not in seen[span] and len(seen[span]) < limits[span]:
                seen[span].add(value)
                keep.add(sequence)
    total = 0
    for sequence, _, size in newest_first:
        if sequence in keep:
            total += size
            if total > size_cap and sequence not in always:
                keep.discard(sequence)
    return keep
