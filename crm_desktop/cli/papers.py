"""Quotes and contracts as PDF files."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.cli.desk import Desk


def save(desk: Desk) -> None:
    """`quote`, `contract`: what was sent as it was sent, a draft marked as one."""
    args = desk.args
    with desk.services() as services:
        papers = services.quotes if args.command == "quote" else services.contracts
        path = papers.save_pdf(args.number, Path(args.file))
    desk.out.document({"number": args.number, "file": str(path), "bytes": path.stat().st_size})
    desk.out.say("cli.paper_done", number=args.number, path=str(path))
