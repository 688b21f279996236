"""Pictures of pages, taken by a child process: this one never loads Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crm_desktop.cli.desk import Desk, target
from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.writing import whole_file

PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a place of the window and how it is to look."""

    place: str
    file: str
    lang: str = "en"
    theme: str = "light"
    size: tuple[int, int] = (1280, 800)
    scale: float = 1.0


@dataclass(slots=True)
class Album:
    """What became of the pictures."""

    taken: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)  # file → why


def take(desk: Desk) -> None:
    """`picture`: one page as a PNG."""
    args = desk.args
    desk.require_book()
    file = target(args.file).absolute()
    if not file.parent.is_dir():
        raise Refused("writing.no_folder", folder=str(file.parent))
    if file.suffix.lower() != ".png":
        raise Refused("cli.picture_ending", name=file.name)
    with TemporaryDirectory() as folder:
        taken = Path(folder) / "page.png"
        look = (desk.words.language, args.theme, tuple(args.size), args.scale)
        album = take_all(desk, [Shot(args.page, str(taken), *look)])
        if album.failed:
            reason = next(iter(album.failed.values()))
            raise Refused("cli.no_picture", page=args.page, reason=reason)
        with whole_file(file) as written:
            written.write(taken.read_bytes())
    desk.out.document({"page": args.page, "file": str(file)})
    desk.out.say("cli.picture_done", path=str(file))


def take_all(desk: Desk, shots: list[Shot]) -> Album:
    """Take pictures of the closed book. Refused where Qt cannot start or the book not open."""
    job = {
        "book": str(desk.book),
        "data": str(desk.home.data),
        "config": str(desk.home.config),
        "logs": str(desk.home.logs),
        "now": desk.clock.now().isoformat(),
        "zone": desk.clock.zone,
        "shots": [asdict(shot) for shot in shots],
    }
    try:
        done = subprocess.run(
            _child(),
            input=json.dumps(job),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
            env=_surroundings(),
        )
    except subprocess.TimeoutExpired:
        raise Refused("cli.no_qt", reason=f"> {PATIENCE:.0f} s") from None
    album = Album()
    ended = False
    for line in done.stdout.splitlines():
        told: dict[str, Any] = json.loads(line) if line.startswith("{") else {}
        if "refused" in told:
            raise Refused(told["refused"], **told["args"])
        if "no_qt" in told:
            raise Refused("cli.no_qt", reason=told["no_qt"])
        if "taken" in told:
            album.taken.append(told["taken"])
        if "failed" in told:
            album.failed[told["failed"]] = told["why"]
        ended = ended or "end" in told
    if not ended:
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
        reason = last[0] if last else str(done.returncode)
        # Without its platform plugin Qt aborts the process; everything else is our own bug.
        no_qt = "platform plugin" in done.stderr
        raise Refused("cli.no_qt" if no_qt else "cli.pictures_died", reason=reason)
    return album


def _surroundings() -> dict[str, str]:
    """No screen; and the same program, also where it is not installed but run from its folder."""
    program = str(Path(__file__).resolve().parents[2])
    found = os.pathsep.join(filter(None, (program, os.environ.get("PYTHONPATH", ""))))
    mine = {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "PYTHONPATH": found}
    return {**os.environ, **mine}


def _child() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "picture-child"]
    return [
        sys.executable,
        "-P",
        "-m",
        "crm_desktop",
        "picture-child",
    ]  # nothing of the folder it is in
