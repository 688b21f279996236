"""Records out: tables, cards, calendars, and the whole book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.cli.birthday_list import YEAR, once, write
from crm_desktop.cli.desk import Desk, target
from crm_desktop.cli.parser import BIRTHDAYS, BOOK, KINDS
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.domain.queries import EVERYTHING, Condition, Op, Query
from crm_desktop.domain.schema import default_columns
from crm_desktop.domain.vcards import CardVersion
from crm_desktop.services import dumps
from crm_desktop.words import Words

if TYPE_CHECKING:
    from crm_desktop.services.house import Services


def give_out(desk: Desk) -> None:
    """`export`: records of a kind, all or those of a view; a year of birthdays; the book."""
    args, words = desk.args, desk.words
    path = target(args.file)
    if args.view and args.kind in (BIRTHDAYS, BOOK):
        raise Refused("views.not_for")
    if args.template and args.kind in (BIRTHDAYS, BOOK):
        raise Refused("filling.not_for")
    if args.kind == BOOK and path.suffix.lower() != dumps.ENDING:
        raise Refused("dump.ending", name=path.name)
    with desk.reading() as services:
        if args.kind == BOOK:
            count = sum(dumps.dump(services.book, path).values())
        elif args.kind == BIRTHDAYS:
            count = _birthdays(services, path, words)
        else:
            count = _records(services, KINDS[args.kind], path, desk)
    desk.out.document({"kind": args.kind, "rows": count, "file": str(path)})
    desk.out.say("cli.export_done", count=count, path=str(path))


def _birthdays(services: Services, path: Path, words: Words) -> int:
    if path.suffix.lower() != ".ics":
        return write(path, once(services.birthdays.coming(YEAR)), words)
    known = Query().also(Condition("birthday", Op.FILLED))
    return services.exports.export(Kind.PERSON, path, words, query=known)


def _records(services: Services, kind: Kind, path: Path, desk: Desk) -> int:
    args, words = desk.args, desk.words
    view = services.views.named(kind, args.view).view if args.view else None
    query = view.query if view else EVERYTHING
    if args.template:
        templates, title = services.workbook_templates, args.view
        return templates.fill_list(Path(args.template), kind, path, words, query=query, title=title)
    columns = (view.columns or default_columns(kind)) if view else None
    version = CardVersion(args.vcard)
    return services.exports.export(
        kind, path, words, query=query, columns=columns, cards_as=version
    )
