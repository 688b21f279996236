"""Millions of small values that all stay until the end: looking for garbage finds none."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_changing = threading.Lock()
_inside = 0
_usual = gc.get_threshold()


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the search for cycles out inside; a third of a large import's time.

    Told by a threshold of 0: whoever searches by himself, as the window does once a second,
    sees by it that all those values would be looked at for nothing.
    """
    global _inside, _usual
    with _changing:
        if not _inside:
            _usual = gc.get_threshold()
            gc.set_threshold(0, *_usual[1:])
        _inside += 1
    try:
        yield
    finally:
        with _changing:
            _inside -= 1
            if not _inside:
                gc.set_threshold(*_usual)


def let_go(things: dict[Any, Any]) -> None:
    """Empty a large dict piece by piece: freed at once it stops the window for a second."""
    while things:
        things.popitem()
