"""Parts of a whole that come to be when they are first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar, cast


class Whole(Protocol):
    """What such parts belong to."""

    making: threading.RLock  # entered again by a part that is made of others


Owner = TypeVar("Owner", bound=Whole)
Part = TypeVar("Part")


class OnFirstUse(Generic[Owner, Part]):
    """Made by its function when first asked for; once, whichever threads ask at the same time.

    In place of `functools.cached_property`, which since Python 3.12 makes one for each thread.
    """

    def __init__(self, make: Callable[[Owner], Part]) -> None:
        self._make = make
        self._name = make.__name__

    def __get__(self, whole: Owner, _kind: type[Owner]) -> Part:
        made = vars(whole)  # what is found there is not asked for here again
        with whole.making:
            if self._name not in made:
                made[self._name] = self._make(whole)
        return cast("Part", made[self._name])
