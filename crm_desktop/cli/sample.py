"""A sample book to try things on."""

from __future__ import annotations

from crm_desktop.cli.desk import Desk
from crm_desktop.cli.parser import KINDS
from crm_desktop.domain.kinds import OWNERS


def make(desk: Desk) -> None:
    """`sample`: fill the book with marked sample records, or take them out again."""
    remove = desk.args.remove
    kinds = {name: kind for name, kind in KINDS.items() if kind not in OWNERS}
    with desk.services(create=not remove) as services:
        if remove:
            services.sample.remove()
        else:
            services.sample.fill(desk.words.language)
        counts = {name: services.records.count(kind) for name, kind in kinds.items()}
    desk.out.document({"book": str(desk.book), "counts": counts})
    desk.out.say("cli.sample_removed" if remove else "cli.sample_done", path=str(desk.book))
    desk.out.table(
        [
            (desk.words.text(f"kind.{kind.value}.plural"), str(counts[name]))
            for name, kind in kinds.items()
        ]
    )
