"""What concerns one person or company alone: giving out its data, erasing it for good."""

from __future__ import annotations

from crm_desktop.cli.desk import Desk, target
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused
from crm_desktop.pasted import forget_pasted
from crm_desktop.typed_texts import forget_in_file


def dossier(desk: Desk) -> None:
    """`dossier`: all that is held about one, as a zip of a PDF, the data and the files."""
    args = desk.args
    path = target(args.file)
    with desk.reading() as services:
        ref = services.erasing.find(Kind(args.kind), args.record)
        count = services.own_data.export(ref, path, desk.words)
    desk.out.document({"file": str(path), "files": count})
    desk.out.say("own_data.done", count=count, path=str(path))


def erase(desk: Desk) -> None:
    """`erase`: from tables, history, search and file; with --anonymise all but the documents."""
    args = desk.args
    with desk.services() as services:
        ref = services.erasing.find(Kind(args.kind), args.record)
        if not args.yes:
            raise Refused("erasing.needs_yes", name=ref.title)
        work = services.erasing.anonymise if args.anonymise else services.erasing.erase
        done = work([ref])
        book = services.book.uid
    forget_in_file(desk.home.config, book, done.telling)
    forget_pasted(desk.home, book)
    desk.out.document(
        {
            "count": done.count,
            "wiped": done.wiped,
            "anonymised": args.anonymise,
            "views": done.views,
        }
    )
    if args.anonymise:
        desk.out.say("erasing.done_anonymous")
    else:
        desk.out.say("erasing.done", count=done.count)
    if done.views:
        desk.out.say("erasing.views_done", count=done.views)
    if not done.wiped:
        desk.out.say("erasing.not_wiped")
