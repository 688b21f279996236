"""Looking after the open book: is it whole, and does it lie where a book can lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.data.engines import sqlite
from crm_desktop.data.errors import refusing
from crm_desktop.domain.problems import Problem, Refused

# Names the services give their folders; matched anywhere in the path, without case.
_SERVICES = {
    "onedrive": "OneDrive",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "dropbox": "Dropbox",
    "nutstore": "坚果云",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "baidusyncdisk": "百度网盘",
    "baidunetdisk": "百度网盘",
    "syncthing": "Syncthing",
    "nextcloud": "Nextcloud",
}
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "fuse.sshfs", "9p", "davfs"}


@dataclass(frozen=True, slots=True)
class Health:
    """What was found: `whole` decides whether the book may be written; the rest are warnings."""

    whole: bool
    details: tuple[str, ...]
    warnings: tuple[Problem, ...]
    code: str = "book.damaged"  # why it is not whole


def examine(path: Path) -> Health:
    """Check the pages of the book, open or closed (0.14 s for 170 MB), and its place.

    Meant for after the first paint and before the first write.
    """
    details: tuple[str, ...] = ()
    whole, code = True, "book.damaged"
    try:
        with refusing(path):
            connection = sqlite.connect(path)
            try:
                sqlite.set_pragmas(connection, {"query_only": 1, "trusted_schema": 0})
                found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(20)")]
            finally:
                connection.close()
        if found != ["ok"]:
            whole, details = False, tuple(found)
    except Refused as refusal:
        if refusal.code not in ("book.damaged", "book.not_a_book"):
            raise
        whole, code, details = False, refusal.code, (refusal.code,)
    return Health(whole, details, tuple(place_warnings(path)), code)


def place_warnings(path: Path) -> list[Problem]:
    """Why a book should not lie here: a folder kept in step by a service, or a network drive."""
    found: list[Problem] = []
    place = path.absolute()
    for part in place.parent.parts:
        service = synced_by(part)
        if service:
            found.append(Problem("book.synced_folder", "path", {"service": service}))
            break
    if not found and any((folder / ".dropbox.cache").exists() for folder in place.parents):
        found.append(Problem("book.synced_folder", "path", {"service": "Dropbox"}))
    if is_network(place):
        found.append(Problem("book.network_folder", "path", {"path": str(place)}))
    return found


def synced_by(folder_name: str) -> str | None:
    """The service that uses a folder of this name ("OneDrive - Firm"), if any."""
    name = folder_name.casefold()
    for known, service in _SERVICES.items():
        if name == known or name.startswith((f"{known} ", f"{known}-", f"{known}(", f"{known}_")):
            return service
    return None


def is_network(path: Path) -> bool:
    """Whether the path lies on a drive of another computer, as far as the system tells."""
    if str(path).startswith(("\\\\", "//")):
        return True
    if os.name == "nt":
        import ctypes  # exists everywhere, its windll only here

        remote = 4
        kind = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)  # type: ignore[attr-defined]
        return bool(kind == remote)
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return False
    return network_mount(mounts.read_text(encoding="utf-8", errors="replace"), path)


def network_mount(table: str, path: Path) -> bool:
    """Whether the mount that holds `path`, of the system's table of mounts, is a network one."""
    best, kind = "", ""
    for line in table.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        if path.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind in _NETWORK
