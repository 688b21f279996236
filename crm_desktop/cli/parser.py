"""The commands and their options, told in the user's language."""

from __future__ import annotations

import argparse
import functools
import re
from datetime import date
from typing import Any, NoReturn, cast

from crm_desktop import __version__
from crm_desktop.domain.kinds import PLURALS, Kind
from crm_desktop.words import LANGUAGES, Words

KINDS = {PLURALS[kind]: kind for kind in PLURALS if kind is not Kind.STAFF}
BIRTHDAYS, BOOK = "birthdays", "book"
CARDS = ("3.0", "4.0")
# Those of exchange.mapping, which is slow to load and not needed to read a command line.
IMPORTED = (
    *("people", "companies", "products", "opportunities", "activities", "tickets"),
    *("price_lists", "quotes", "contracts", "receipts", "expenses"),
    *("payment_plans", "anniversaries", "gifts"),
)
ERASED = ("person", "company")
EXISTING = ("fill", "overwrite", "skip", "add")
SIDES, BLANKS = ("theirs", "mine"), ("keep", "clear")
THEMES = ("light", "dark")

# What argparse says, in English only, and our words for it.
_COMPLAINTS = (
    (re.compile(r"the following arguments are required: (?P<names>.+)"), "cli.usage_required"),
    (re.compile(r"unrecognized arguments: (?P<names>.+)"), "cli.usage_unknown"),
    (
        re.compile(r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(.*from (?P<of>.+)\)"),
        "cli.usage_choice",
    ),
    (re.compile(r"argument (?P<name>.+?): expected (at least )?one argument"), "cli.usage_value"),
    (
        re.compile(r"argument (?P<name>.+?): invalid \w+ value: (?P<value>.+)"),
        "cli.usage_wrong_value",
    ),
    (re.compile(r"ambiguous option: (?P<names>.+)"), "cli.usage_unknown"),
)


class WrongUsage(Exception):  # noqa: N818 - it says what happened
    """The command line does not fit: `key` names the sentence."""

    def __init__(self, key: str, args: dict[str, Any], usage: str) -> None:
        super().__init__(key)
        self.key, self.args_for_words, self.usage = key, args, usage


class _Parser(argparse.ArgumentParser):
    """Speaks the user's language, and leaves exiting to `main`."""

    def __init__(self, words: Words, **options: Any) -> None:
        self._words = words
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(words, prog),
            **options,
        )
        self._positionals.title = words.text("cli.arguments")
        self._optionals.title = words.text("cli.options")
        self.add_argument("-h", "--help", action="help", help=words.text("cli.help"))

    def error(self, message: str) -> NoReturn:
        for pattern, key in _COMPLAINTS:
            found = pattern.fullmatch(message)
            if found:
                raise WrongUsage(key, found.groupdict(), self.format_usage())
        raise WrongUsage("cli.usage_other", {}, self.format_usage())


class _Formatter(argparse.HelpFormatter):
    def __init__(self, words: Words, prog: str) -> None:
        super().__init__(prog, max_help_position=30)
        self._usage_prefix = words.text("cli.usage")

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, self._usage_prefix if prefix is None else prefix)


def peek(argv: list[str]) -> argparse.Namespace:
    """Language, home and --json, wherever they stand: needed to tell that the rest is wrong."""
    found = argparse.Namespace(lang="", home="", json="--json" in argv)
    for place, word in enumerate(argv):
        for name in ("lang", "home"):
            if word == f"--{name}" and place + 1 < len(argv):
                setattr(found, name, argv[place + 1])
            elif word.startswith(f"--{name}="):
                setattr(found, name, word.partition("=")[2])
    return found


def build(words: Words) -> argparse.ArgumentParser:
    """The whole grammar."""
    text = words.text
    top = _Parser(words, prog="crm-desktop", description=text("cli.about"))
    top.add_argument("--version", action="version", version=f"crm-desktop {__version__}",
                     help=text("cli.version"))  # fmt: skip
    _common(top, words, first=True)
    commands: Any = top.add_subparsers(
        dest="command", required=True, metavar=text("cli.command"), title=text("cli.commands"),
        parser_class=cast("Any", functools.partial(_Parser, words)),
    )  # fmt: skip

    def command(name: str) -> argparse.ArgumentParser:
        key = f"cli.{name}_about"
        made: argparse.ArgumentParser = commands.add_parser(
            name, help=text(key), description=text(key)
        )
        _common(made, words, first=False)
        return made

    file, kind = text("cli.file"), text("cli.kind")
    one = command("import")
    one.add_argument("file", metavar=file)
    one.add_argument("--sheet", default="", help=text("cli.sheet"))
    one.add_argument("--kind", default="", choices=IMPORTED, help=text("cli.import_kind"))
    one.add_argument("--mapping", default="", metavar=file, help=text("cli.mapping"))
    one.add_argument("--existing", default="", choices=EXISTING, help=text("cli.existing"))
    one.add_argument("--check", action="store_true", help=text("cli.check_only"))
    one.add_argument("--save-mapping", default="", metavar=file, help=text("cli.save_mapping"))
    one.add_argument("--problems", default="", metavar=file, help=text("cli.problems"))

    one = command("roundtrip")
    one.add_argument("file", metavar=file)
    one.add_argument("--check", action="store_true", help=text("cli.check_only"))
    one.add_argument("--conflicts", default=SIDES[0], choices=SIDES, help=text("cli.conflicts"))
    one.add_argument("--blank", default=BLANKS[0], choices=BLANKS, help=text("cli.blank"))
    one.add_argument("--trash-missing", action="store_true", help=text("cli.trash_missing"))

    one = command("export")
    one.add_argument("kind", choices=(*KINDS, BIRTHDAYS, BOOK), metavar=kind, help=", ".join(
        (*KINDS, BIRTHDAYS, BOOK)))  # fmt: skip
    one.add_argument("file", metavar=file, help=text("cli.export_file"))
    one.add_argument("--view", default="", metavar=text("views.option_name"),
                     help=text("views.option"))  # fmt: skip
    one.add_argument("--vcard", default=CARDS[0], choices=CARDS, help=text("cli.vcard"))
    one.add_argument("--template", default="", metavar="XLSX", help=text("cli.list_template"))

    one = command("search")
    one.add_argument("text", metavar=text("cli.text"))
    one.add_argument("--limit", type=_count, default=50, help=text("cli.limit"))

    _today(command("today"), words)
    one = command("birthdays")
    one.add_argument("--days", type=_count, default=7, help=text("cli.days"))
    _today(one, words)

    for name in ("quote", "contract"):
        one = command(name)
        one.add_argument("number", metavar=text("cli.number"))
        one.add_argument("file", metavar=text("cli.pdf"))
        one.add_argument("--template", default="", metavar="XLSX", help=text("cli.template"))

    one = command("dossier")
    one.add_argument("kind", choices=ERASED, metavar=kind, help=", ".join(ERASED))
    one.add_argument("record", metavar=text("cli.record"), help=text("cli.record_about"))
    one.add_argument("file", metavar=text("cli.zip"))

    one = command("erase")
    one.add_argument("kind", choices=ERASED, metavar=kind, help=", ".join(ERASED))
    one.add_argument("record", metavar=text("cli.record"), help=text("cli.record_about"))
    one.add_argument("--anonymise", action="store_true", help=text("cli.anonymise"))
    one.add_argument("--yes", action="store_true", help=text("cli.yes"))

    one = command("undo")
    one.add_argument(
        "step",
        nargs="?",
        type=_count,
        default=None,
        metavar=text("cli.step"),
        help=text("cli.undo_step"),
    )
    one.add_argument("--list", action="store_true", help=text("cli.undo_list"))
    command("redo")
    command("backup").add_argument(
        "--to", default="", metavar=text("cli.folder"), help=text("cli.backup_to")
    )
    command("restore").add_argument("file", metavar=file)
    command("check")

    one = command("demo")
    one.add_argument("--out", default="out", metavar=text("cli.folder"), help=text("cli.out"))
    one.add_argument("--no-pictures", action="store_true", help=text("cli.no_pictures"))
    _today(one, words)
    one = command("sample")
    one.add_argument("--remove", action="store_true", help=text("cli.sample_remove"))
    _today(one, words)

    one = command("picture")
    one.add_argument("page", metavar=text("cli.page"), help=text("cli.page_about"))
    one.add_argument("file", metavar=text("cli.png"))
    one.add_argument("--theme", choices=THEMES, default="light", help=text("cli.theme"))
    one.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH",
                     help=text("cli.size"))  # fmt: skip
    one.add_argument("--scale", type=_scale, default=1.0, help=text("cli.scale"))
    _today(one, words)
    return top


def _common(parser: argparse.ArgumentParser, words: Words, *, first: bool) -> None:
    """Options that may stand before or after the command; the second place has no default."""

    def default(value: Any) -> Any:
        return value if first else argparse.SUPPRESS

    text = words.text
    parser.add_argument("--book", default=default(""), metavar=text("cli.file"),
                        help=text("cli.book"))  # fmt: skip
    parser.add_argument("--home", default=default(""), metavar=text("cli.folder"),
                        help=text("cli.home"))  # fmt: skip
    parser.add_argument("--lang", choices=LANGUAGES, default=default(""), help=text("cli.lang"))
    parser.add_argument("--json", action="store_true", default=default(False),
                        help=text("cli.json"))  # fmt: skip


def _today(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--today", type=_day, default=None, metavar="YYYY-MM-DD",
                        help=words.text("cli.today"))  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 100_000:
        raise ValueError
    return number


def _size(text: str) -> tuple[int, int]:
    wide, _, high = text.lower().partition("x")
    size = int(wide), int(high)
    if not (200 <= size[0] <= 8000 and 200 <= size[1] <= 8000):
        raise ValueError
    return size


def _scale(text: str) -> float:
    number = float(text)
    if not 0.5 <= number <= 4:
        raise ValueError
    return number
