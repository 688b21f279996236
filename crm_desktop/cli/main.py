"""The command line: parse, run one command, turn circumstances into sentences and exit codes."""

from __future__ import annotations

import argparse
import errno
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from crm_desktop.cli.desk import desk_for, language_of
from crm_desktop.cli.parser import WrongUsage, build, peek
from crm_desktop.domain.problems import Problem, Refused
from crm_desktop.progress import Cancelled
from crm_desktop.words import Words

if TYPE_CHECKING:
    from crm_desktop.cli.desk import Desk

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
PICTURE_CHILD = "picture-child"

_COMMANDS = {
    "import": "tables:take_in",
    "roundtrip": "roundtrip:bring_back",
    "export": "giving_out:give_out",
    "search": "finding:search",
    "today": "finding:today",
    "birthdays": "finding:birthdays",
    "quote": "papers:save",
    "contract": "papers:save",
    "dossier": "privacy:dossier",
    "erase": "privacy:erase",
    "undo": "history:undo",
    "redo": "history:redo",
    "backup": "keeping:back_up",
    "restore": "keeping:restore",
    "check": "keeping:check",
    "sample": "sample:make",
    "demo": "demo.run:demo",
    "picture": "pictures:take",
}
_OF_FILES = {
    errno.ENOENT: "cli.file_missing",
    errno.ENOTDIR: "cli.file_missing",
    errno.EISDIR: "cli.file_is_folder",
    errno.EACCES: "cli.file_forbidden",
    errno.EPERM: "cli.file_forbidden",
    errno.EROFS: "cli.file_forbidden",
    errno.EEXIST: "cli.file_in_the_way",
    errno.ENOSPC: "cli.disk_full",
    errno.ENAMETOOLONG: "cli.file_name",
    errno.EINVAL: "cli.file_name",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 wrong usage."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == [PICTURE_CHILD]:
        from crm_desktop.cli.picture_child import main as child

        return child()
    first = peek(given)
    _speak_unicode()
    words = Words(language_of(first.lang, first.home))
    try:
        args = build(words).parse_args(given)
    except WrongUsage as wrong:
        return _wrong(wrong, words, as_json=first.json)
    except SystemExit as finished:  # --help and --version have said what there is to say
        return int(finished.code or 0)
    try:
        return _run(args, words)
    except BrokenPipeError:
        return DONE  # whoever read has seen enough
    finally:
        _let_go_of_output()


def _run(args: argparse.Namespace, words: Words) -> int:
    try:
        desk = desk_for(args, words)
        code = _command(desk) or DONE
        sys.stdout.flush()
        return code
    except Refused as refusal:
        return _refused(refusal, words, as_json=args.json)
    except (KeyboardInterrupt, Cancelled):
        return _refused(Refused("cli.stopped"), words, as_json=args.json)
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = _OF_FILES.get(error.errno or 0, "cli.file_trouble")
        name = error.filename if isinstance(error.filename, str) else str(error.filename or "")
        told = Refused(reason, path=name, reason=error.strerror or type(error).__name__)
        return _refused(told, words, as_json=args.json)
    except Exception as error:
        # A bug of ours: whoever reads JSON gets a document all the same, whoever mends it the rest.
        traceback.print_exc()
        return _refused(Refused("cli.bug", reason=type(error).__name__), words, as_json=args.json)


def _let_go_of_output() -> None:
    """Keep the interpreter, when it ends, from complaining of what could not be written."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(desk: Desk) -> int | None:
    # Each command imports only what it needs.
    module, _, name = _COMMANDS[desk.args.command].partition(":")
    work: Callable[[Desk], int | None] = getattr(import_module(f"crm_desktop.cli.{module}"), name)
    return work(desk)


def sentence(refusal: Refused | Problem, words: Words) -> str:
    """What happened, in words."""
    code = refusal.code if "." in refusal.code else f"problem.{refusal.code}"
    args = refusal.args_for_words if isinstance(refusal, Refused) else refusal.args
    if not words.has(code):
        return words.text("cli.refused", code=refusal.code)
    plain = {name: value for name, value in args.items() if name != "problems"}
    problems = args.get("problems", ())
    told = words.text(code, **plain)
    return " ".join([told, *(sentence(problem, words) for problem in problems)])


def _refused(refusal: Refused, words: Words, *, as_json: bool) -> int:
    _tell(refusal.code, sentence(refusal, words), as_json=as_json)
    # Only the window's catalogue knows its pages, so a wrong name is found late.
    return WRONG_USAGE if refusal.code == "cli.no_page" else REFUSED


def _wrong(wrong: WrongUsage, words: Words, *, as_json: bool) -> int:
    _tell("usage", words.text(wrong.key, **wrong.args_for_words), as_json=as_json)
    if not as_json:
        sys.stderr.write(wrong.usage)
    return WRONG_USAGE


def _tell(code: str, message: str, *, as_json: bool) -> None:
    if not as_json:
        sys.stderr.write(message + "\n")
        return
    document = {"error": {"code": code, "message": message}}
    try:
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError:  # standard output itself is what cannot be written
        sys.stderr.write(message + "\n")


def _speak_unicode() -> None:
    """No character of a customer's name may stop a command, whatever the terminal can show.

    A stream that whoever called has closed takes everything and shows nothing.
    """
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            console = stream.isatty()
            stream.reconfigure(encoding=None if console else "utf-8", errors="backslashreplace")
