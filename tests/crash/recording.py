"""What the scenario does to the disk, in order, as strace sees it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat"


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of a file: write, truncate, sync, rename, unlink or create."""

    what: str
    path: str
    data: bytes = b""
    offset: int = -1  # -1 appends
    target: str = ""


def tool() -> str | None:
    """Where strace is; None where this machine has none."""
    return shutil.which("strace")


def record(folder: Path, fault: str = "") -> list[Operation]:
    """Run the scenario in `folder` and return what it did to the files below it."""
    log = folder.with_name(folder.name + ".strace")
    command = [
        tool() or "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        "100000000",
        "-e",
        f"trace={CALLS}",
        "-o",
        str(log),
        sys.executable,
        "-m",
        "tests.crash.scenario",
        str(folder),
        fault,
    ]
    subprocess.run(command, cwd=ROOT, check=True, timeout=300)
    with log.open("rb") as lines:
        found = list(_operations(lines, str(folder)))
    log.unlink()
    return found


_LINE = re.compile(rb"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)")
_HEX = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(rb"^(\d+)<((?:\\x[0-9a-f]{2})*)>")
_UNFINISHED = re.compile(rb"^(\d+)\s+(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(rb"^(\d+)\s+<\.\.\. \w+ resumed>(.*)$")


def _bytes(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode())


def _whole_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Calls that another thread interrupted, put together again."""
    waiting: dict[bytes, bytes] = {}
    for raw in lines:
        line = raw.rstrip(b"\n")
        if found := _UNFINISHED.match(line):
            waiting[found[1]] = found[1] + b" " + found[2]
        elif found := _RESUMED.match(line):
            yield waiting.pop(found[1], found[1] + b" ") + found[2]
        else:
            yield line


def _operations(lines: Iterable[bytes], folder: str) -> Iterator[Operation]:
    for line in _whole_lines(lines):
        found = _LINE.match(line)
        if found is None or int(found[4]) < 0:
            continue
        call, arguments, result = found[2].decode(), found[3], int(found[4])
        texts = [_bytes(text) for text in _HEX.findall(arguments)]
        at = _FILE.match(arguments)
        path = _bytes(at[2]).decode("utf-8", "replace") if at else ""
        if call in ("pwrite64", "write", "fsync", "fdatasync", "ftruncate"):
            if not path.startswith(folder) or path.endswith("-shm"):
                continue
            if call == "pwrite64":
                offset = int(arguments.rsplit(b",", 1)[1])
                yield Operation("write", path, texts[0][:result], offset)
            elif call == "write":
                yield Operation("write", path, texts[0][:result])
            elif call == "ftruncate":
                yield Operation("truncate", path, offset=int(arguments.rsplit(b",", 1)[1]))
            else:
                yield Operation("sync", path)
        elif call == "openat" and b"O_CREAT" in arguments:
            name = texts[0].decode("utf-8", "replace")
            if name.startswith(folder) and not name.endswith("-shm"):
                what = "empty" if b"O_TRUNC" in arguments else "create"
                yield Operation(what, name)
        elif call.startswith("rename"):
            source, target = (text.decode("utf-8", "replace") for text in texts[:2])
            if source.startswith(folder):
                yield Operation("rename", source, target=target)
        elif call.startswith("unlink"):
            name = texts[0].decode("utf-8", "replace")
            if name.startswith(folder):
                yield Operation("unlink", name)
