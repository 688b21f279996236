"""Search lines out of what is kept of records as text; also the child process that makes them.

Imports little and knows no book.
"""

from __future__ import annotations

import gc
import json
import signal
from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_desktop.domain.search_terms import SearchFields, document_line

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def lines_of(texts: Iterable[str]) -> list[str]:
    """The lines of records, of whose findable texts `texts` are the JSON kept beside the index."""
    parts = json.loads(f"[{','.join(texts)}]")
    return [document_line(SearchFields(*several)) for several in parts]


def main(pipe: Connection) -> None:
    """Answer texts, one a line, by their lines until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # texts hold no cycles
    while True:
        try:
            lines = lines_of(pipe.recv_bytes().decode().split("\n"))
            pipe.send_bytes("\n".join(lines).encode())
        except (EOFError, OSError):
            return
