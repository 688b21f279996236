"""Runs the demonstration and leaves everything it made in one folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from crm_desktop.cli.demo.story import Story
from crm_desktop.cli.desk import Desk
from crm_desktop.cli.output import width
from crm_desktop.cli.pictures import Shot, take_all
from crm_desktop.data import backup
from crm_desktop.data.backup import companions
from crm_desktop.data.health import examine
from crm_desktop.data.lock import BookLock
from crm_desktop.domain.problems import Refused
from crm_desktop.paths import Home
from crm_desktop.words import LANGUAGES

MARK = ".crm-desktop-demo"
BOOK = "demo.crm"
STEPS = (
    "workbook", "take_in", "again", "find", "call", "plan", "birthdays", "firm", "opportunity",
    "board", "quote", "preview", "send", "win", "contract", "sign", "ticket", "pipeline",
    "today", "timeline", "export", "undo",
)  # fmt: skip
PAGES = (
    "today", "contacts", "companies", "opportunities", "followups", "birthdays", "service",
    "documents", "products", "reports", "settings", "import", "history", "trash",
)  # fmt: skip
RECORDS = ("person", "company", "opportunity", "quote", "contract", "ticket")


def demo(desk: Desk) -> None:
    """`demo`: step by step, each with its figures; refuses at the first that does not hold."""
    folder = Path(desk.args.out).absolute()
    _clear(folder)
    # A book and settings of its own: nothing of the user's is touched.
    desk = replace(desk, book=folder / BOOK, home=Home.at(folder))
    told: list[dict[str, Any]] = []

    def tell(step: str, **figures: Any) -> None:
        told.append({"step": step, **figures})
        name = desk.words.text(f"cli.demo_{step}_name")
        number = f"{len(told):2d}  " + name + " " * max(1, 18 - width(name))
        desk.out.line(number + desk.words.text(f"cli.demo_{step}", **figures))

    made = _story(desk, folder, tell)
    _keep(desk, tell)
    pictures = _pictures(desk, folder, made, tell) if not desk.args.no_pictures else []
    desk.out.document({"out": str(folder), "steps": told, "pictures": pictures})
    desk.out.say("cli.demo_end", path=str(folder))


def _story(desk: Desk, folder: Path, tell: Any) -> dict[str, int]:

    with desk.services(create=True) as services:
        story = Story(desk, services, folder)
        for step in STEPS:
            tell(step, **getattr(story, step)())
        return story.made


def _keep(desk: Desk, tell: Any) -> None:

    with BookLock(desk.book):
        made = backup.back_up(desk.book, backup.folder_of(desk.book), desk.clock)
        health = examine(desk.book)
    if not health.whole:
        raise Refused("book.damaged", path=str(desk.book))
    tell("backup", file=made.path.name, rows=sum(made.rows.values()))


def _pictures(desk: Desk, folder: Path, made: dict[str, int], tell: Any) -> list[str]:
    places = [*PAGES, *(f"{kind}/{made[kind]}" for kind in RECORDS)]
    shots = [
        Shot(
            place,
            str(folder / "pictures" / f"{place.partition('/')[0]}-{lang}-{theme}.png"),
            lang,
            theme,
        )
        for lang in LANGUAGES
        for theme in ("light", "dark")
        for place in places
    ]
    try:
        album = take_all(desk, shots)
    except Refused as refusal:
        if refusal.code == "cli.pictures_died":
            raise _half(folder, refusal.args_for_words["reason"]) from refusal
        if refusal.code != "cli.no_qt":
            raise
        # The job itself is done and stands in the folder; this machine just cannot take pictures.
        tell("no_pictures", **refusal.args_for_words)
        return []
    tell("pictures", count=len(album.taken))
    if album.failed:
        file, why = next(iter(album.failed.items()))
        raise _half(folder, f"{Path(file).name}: {why}")
    return [str(Path(file).relative_to(folder)) for file in album.taken]


def _half(folder: Path, reason: str) -> Refused:
    return Refused("cli.demo_half", path=str(folder), reason=reason)


def _clear(folder: Path) -> None:
    """An empty folder, or the one of an earlier demonstration, whose book goes."""

    if folder.exists() and not folder.is_dir():
        raise Refused("cli.file_in_the_way", path=str(folder))
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise Refused("cli.demo_folder", path=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    book = folder / BOOK
    with BookLock(book):
        for path in (book, *companions(book), *(folder / "pictures").glob("*.png")):
            path.unlink(missing_ok=True)
