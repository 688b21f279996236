"""The child process that reads a foreign file. Imports little, trusts nothing, may die."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from crm_desktop.domain.problems import Refused
from crm_desktop.exchange.reading.delimited import DelimitedText
from crm_desktop.exchange.reading.facts import PHOTOS, REST, WAKE, FileFacts, Limits, Row
from crm_desktop.exchange.reading.sniff import kind_of
from crm_desktop.exchange.reading.vcards import AddressCards
from crm_desktop.exchange.reading.workbook import Workbook

_STEP_SECONDS = 0.1


def main(pipe: Connection, path: str, limits: Limits, encoding: str, delimiter: str) -> None:
    """Open the file, tell its facts, then answer requests for rows until the pipe closes.

    Messages up: ("step", done, total), ("facts", FileFacts), ("rows", count, [row, …]), ("end",),
    ("awake",), ("refused", code, args). Messages down: (sheet number or PHOTOS, first row, number
    of rows, work or None). With work `work(first row, [row, …])` goes up in the place of the rows.
    (REST, 0, seconds, None): nothing is to be done until (WAKE, …), and no longer than that.
    """
    _be_quiet()
    gc.disable()  # cells hold no cycles: looking for some takes a fifth of the work on them
    try:
        _serve(pipe, Path(path), limits, encoding, delimiter)
    except Refused as refused:
        _send(pipe, ("refused", refused.code, refused.args_for_words))
    except MemoryError:
        _send(pipe, ("refused", "reading.too_much_memory", {}))
    except (EOFError, OSError):
        return
    except BaseException as error:
        # Parsers panic with exceptions of their own. Should it be our own bug, the log will tell:
        # places in the code only, never a value of the file.
        places = [
            f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        detail = f"{type(error).__name__} in {' > '.join(places)}"
        _send(pipe, ("refused", "reading.unreadable", {"detail": detail}))


def _be_quiet() -> None:
    """Interrupts are the parent's business; a dying parser's words belong on nobody's screen."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
    except OSError:
        return


def _send(pipe: Connection, message: tuple[Any, ...]) -> None:
    pipe.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def _serve(pipe: Connection, path: Path, limits: Limits, encoding: str, delimiter: str) -> None:
    last = 0.0

    def step(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > _STEP_SECONDS:
            last = now
            _send(pipe, ("step", done, total))

    step(0, 0)
    source = _Source(path, limits, encoding, delimiter, step)
    _send(pipe, ("facts", source.facts))
    patience: float | None = None
    while pipe.poll(patience):
        number, first, count, work = pickle.loads(pipe.recv_bytes())
        patience = count if number == REST else None
        if number == REST:
            source.rest()
            continue
        if number == WAKE:
            _send(pipe, ("awake",))
            continue
        rows = _window(source.rows(number), first, count)
        while batch := list(islice(rows, limits.batch_rows)):
            _send(pipe, ("rows", len(batch), work(first, batch) if work else batch))
            first += len(batch)
        _send(pipe, ("end",))


def _window(rows: Iterator[Row], first: int, count: int) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if count and number >= first + count:
            return
        if number >= first:
            yield row


class _Source:
    """The three sorts of readers behind one face."""

    def __init__(
        self, path: Path, limits: Limits, encoding: str, delimiter: str, step: Any
    ) -> None:
        kind = kind_of(path)
        self._rows: Callable[[int], Iterator[Row]]
        self._book: Workbook | None = None
        if kind == "vcf":
            cards = AddressCards(path, limits, encoding)
            self._rows = lambda number: iter(cards.photos) if number == PHOTOS else cards.rows()
            self.facts = FileFacts(
                path.name,
                kind,
                (cards.facts,),
                cards.charset.name,
                cards.charset.sure,
                cards_left_out=cards.left_out,
                photos=len(cards.photos),
                photos_left_out=cards.photos_left_out,
                photos_left_out_of=tuple(cards.photos_left_out_of),
                damaged_characters=cards.damaged_characters,
            )
        elif kind == "text":
            text = DelimitedText(path, limits, encoding, delimiter)
            self._rows = lambda number: text.rows()
            self.facts = FileFacts(
                path.name,
                kind,
                (text.facts,),
                text.charset.name,
                text.charset.sure,
                text.delimiter,
                text.rejoined_rows,
                text.damaged_characters,
            )
        else:
            self._book = Workbook(path, kind, limits, step)
            self._rows = self._book.rows
            self.facts = FileFacts(path.name, kind, self._book.sheets)

    def rows(self, number: int) -> Iterator[Row]:
        """The rows of one sheet, from the first."""
        return self._rows(number)

    def rest(self) -> None:
        """Hold the file no longer, whose rows are known: others may want to write it."""
        if self._book is not None:
            self._book.let_go()
