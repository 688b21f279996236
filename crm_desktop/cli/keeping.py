"""Keeping the book safe: backup, restore, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crm_desktop.cli.desk import Desk
from crm_desktop.data import backup
from crm_desktop.data import restore as restoring
from crm_desktop.data.health import examine
from crm_desktop.data.lock import BookLock
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.services.backups import chosen_folder
from crm_desktop.services.dumps import as_book
from crm_desktop.words import Words


def back_up(desk: Desk) -> None:
    """`backup`: a verified copy, in the usual folder or another one."""

    desk.require_book()
    asked = Path(desk.args.to) if desk.args.to else None
    folder = asked or chosen_folder(desk.home) or backup.folder_of(desk.book)
    if folder.exists() and not folder.is_dir():
        raise Refused("cli.file_in_the_way", path=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    with BookLock(desk.book):
        made = backup.back_up(desk.book, folder, desk.clock)
    desk.out.document(
        {"file": str(made.path), "size": made.size, "sha256": made.sha256, "rows": made.rows}
    )
    desk.out.say("cli.backup_done", path=str(made.path), size=f"{made.size:,}")


def restore(desk: Desk) -> None:
    """`restore`: a checked backup, or the book of a JSON file, in the place of the book.

    The book before is kept.
    """

    source = Path(desk.args.file)
    if source.is_dir():
        raise Refused("cli.file_is_folder", path=str(source))
    source.stat()  # says plainly that there is no such file
    chosen = chosen_folder(desk.home)
    folders = (chosen,) if chosen else ()
    with as_book(source, desk.clock) as whole:
        done = restoring.restore(whole, desk.book, desk.clock, folders=folders)
    old = str(done.old) if done.old else None
    desk.out.document({"book": str(done.path), "kept": old, "erased_again": done.erased})
    desk.out.say("cli.restore_done", path=str(done.path))
    if old:
        desk.out.say("cli.restore_kept", path=old)
    if done.erased:
        desk.out.say("erasing.again", count=done.erased)


def check(desk: Desk) -> int:
    """`check`: whether the book is whole, and whether it lies where a book can lie."""

    with desk.file() as book:
        health = examine(book)
    problems = [
        *([_problem(Problem(health.code, args={"path": str(desk.book)}), desk.words)]
          if not health.whole else []),
        *({"code": "engine", "message": detail}
          for detail in health.details if detail != health.code),
        *(_problem(warning, desk.words) for warning in health.warnings),
    ]  # fmt: skip
    desk.out.document({"ok": health.whole, "problems": problems})
    if health.whole:
        desk.out.say("cli.check_whole", path=str(desk.book))
    for problem in problems:
        desk.out.line("  " + problem["message"])
    return 0 if health.whole else 1


def _problem(problem: Problem, words: Words) -> dict[str, Any]:
    return {"code": problem.code, "message": words.text(problem.code, **problem.args)}
