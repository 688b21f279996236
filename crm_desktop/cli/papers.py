"""Quotes and contracts as PDF files."""

from __future__ import annotations

from crm_desktop.cli.desk import Desk, target


def save(desk: Desk) -> None:
    """`quote`, `contract`: what was sent as it was sent, a draft marked as one."""
    args = desk.args
    wanted = target(args.file)
    with desk.services() as services:
        papers = services.quotes if args.command == "quote" else services.contracts
        path = papers.save_pdf(args.number, wanted)
    desk.out.document({"number": args.number, "file": str(path), "bytes": path.stat().st_size})
    desk.out.say("cli.paper_done", number=args.number, path=str(path))
