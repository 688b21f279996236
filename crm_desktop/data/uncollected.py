"""Millions of small values that all stay until the end: looking for garbage finds none.

Whoever makes them works for seconds, while others wait for their turn at the interpreter.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_changing = threading.Lock()
_inside = 0
_usual = gc.get_threshold()
_usual_turn = sys.getswitchinterval()
_TURN = 0.0005  # seconds


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the search for cycles out inside; a third of a large import's time.

    Told by a threshold of 0: whoever searches by himself, as the window does once a second,
    sees by it that all those values would be looked at for nothing.

    Turns are short inside: the window takes several for each of its events, the engine one
    before and one behind each statement, and each time the usual 5 ms may be waited for.
    """
    global _inside, _usual, _usual_turn
    with _changing:
        if not _inside:
            _usual = gc.get_threshold()
            gc.set_threshold(0, *_usual[1:])
            _usual_turn = sys.getswitchinterval()
            sys.setswitchinterval(_TURN)
        _inside += 1
    try:
        yield
    finally:
        with _changing:
            _inside -= 1
            if not _inside:
                gc.set_threshold(*_usual)
                sys.setswitchinterval(_usual_turn)


def let_go(things: dict[Any, Any]) -> None:
    """Empty a large dict piece by piece: freed at once it stops the window for a second."""
    while things:
        things.popitem()
