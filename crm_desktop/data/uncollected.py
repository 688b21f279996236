"""Millions of small values that all stay until the end: looking for garbage finds none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the search for cycles out inside; a third of a large import's time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def let_go(things: dict[Any, Any]) -> None:
    """Empty a large dict piece by piece: freed at once it stops the window for a second."""
    while things:
        things.popitem()
