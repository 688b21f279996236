"""Names of attached files: made harmless for any file system, and judged by their ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from crm_desktop.domain.kinds import Ref
from crm_desktop.domain.text import clean_name

LARGEST = 50 * 1024 * 1024
LONGEST_NAME = 180
"""In UTF-8 bytes: file systems keep 255, and "(2)" or ".part" may be added."""

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SEPARATORS = re.compile(r"[/\\]")
_PATH_SIGNS = re.compile(r"[/\\:]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
_ENDS = (
    "apk app appimage appref-ms bat bin cgi chm class cmd com command cpl csh deb desktop dll dmg"
    " elf exe gadget hta inf ins inx isp iso jar js jse jsp ksh lnk mde mpkg msc msh msi msp mst"
    " ocx out paf pif pkg pl ps1 psm1 py pyc pyw rb reg rgs rpm run scf scr sct sh shb shs sys"
    " terminal tool url vb vbe vbs vhd vhdx wasm workflow ws wsc wsf wsh xll zsh"
    " docm dotm xlsm xltm xlam pptm potm ppam ppsm sldm xlsb"
)
_EXECUTABLE = frozenset(_ENDS.split())


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file kept with a record."""

    id: int
    uid: str
    owner: Ref
    name: str
    size: int
    type_id: int | None
    file_version: str
    expires_on: date | None
    added_at: datetime
    executable: bool  # a program or a file with macros: never opened from here


def safe_name(given: str) -> str:
    """A name any file system takes, that leads nowhere and shows its true end.

    Only the last part of a path counts; direction marks go, so that "gpj.exe" cannot pose.
    """
    last = _SEPARATORS.split(given)[-1]
    # "C:name" names a file of another drive; "name:stream" a hidden part of a file.
    name = clean_name(_FORBIDDEN.sub("_", re.sub(r"^[A-Za-z]:(?=[^:])", "", last)))
    # Windows drops blanks and dots at the end; a leading dot hides the file elsewhere.
    name = name.strip(" .")
    stem, dot, end = name.rpartition(".")
    if not dot:
        stem, end = name, ""
    if _RESERVED.fullmatch((stem or name).split(".")[0].strip()):
        stem = f"_{stem}"
    name = _cut(stem.strip() or "file", LONGEST_NAME - len(end.encode()) - 1)
    return f"{name}.{_cut(end, 20)}" if end else name


def name_for_file(title: str) -> str:
    """A title or a number as the name of a file: all of it, none of it taken for a folder."""
    return safe_name(_PATH_SIGNS.sub("_", title))


def is_executable(name: str) -> bool:
    """Whether the system would run the file, or macros in it, when it is opened."""
    return PurePath(name.casefold()).suffix.removeprefix(".").strip() in _EXECUTABLE


def _cut(text: str, most: int) -> str:
    """Not more than `most` bytes of UTF-8, no character cut in two."""
    return text.encode()[: max(most, 1)].decode(errors="ignore").rstrip(" .")
