"""Quotes and contracts as PDF files, or in a workbook of the firm's own."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.cli.desk import Desk, target
from crm_desktop.domain.kinds import Kind
from crm_desktop.domain.problems import Refused


def save(desk: Desk) -> None:
    """`quote`, `contract`: what was sent as it was sent, a draft marked as one."""
    args = desk.args
    wanted = target(args.file)
    ending = ".xlsx" if args.template else ".pdf"
    if wanted.suffix.lower() != ending:
        raise Refused("cli.paper_ending", name=wanted.name, ending=ending)
    with desk.reading() as services:
        if args.template:
            kind, template = Kind(args.command), Path(args.template)
            services.workbook_templates.fill(template, kind, args.number, wanted)
            path = wanted
        else:
            papers = services.quotes if args.command == "quote" else services.contracts
            path = papers.save_pdf(args.number, wanted)
    desk.out.document({"number": args.number, "file": str(path), "bytes": path.stat().st_size})
    desk.out.say("cli.paper_done", number=args.number, path=str(path))
