"""Errors in what we override of Qt's virtual methods end in the crash report, not in a crash.

Up to Python 3.11 an error raised by C code (`int("x")`, a call on a deleted widget) is no whole
exception before Python has caught it once. PySide takes it for one on its way from an override
back to Qt, and the process dies. So there every override catches what it raises and raises it
again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any

from shiboken6 import Shiboken

WANTED = sys.version_info < (3, 12)  # from then on Python makes every exception whole at once


def make_errors_whole() -> None:
    """Do so for every class of ours from now on."""
    if WANTED:
        setattr(Shiboken.Object, "__init_subclass__", classmethod(_guard))  # noqa: B010  # typed


def _guard(cls: type, /, **_named: Any) -> None:
    theirs = [vars(base) for base in cls.__mro__ if base.__module__.startswith("PySide6.")]
    for base in cls.__mro__:
        if base is not cls and Shiboken.Object in base.__mro__:
            continue  # Qt's, or guarded when it was made; what remains are mixins of ours
        for name, method in list(vars(base).items()):
            if name.startswith("__") or not any(name in names for names in theirs):
                continue
            if isinstance(method, FunctionType) and getattr(cls, name) is method:
                setattr(cls, name, _whole(method))


def _whole(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def override(*args: Any, **named: Any) -> Any:
        try:
            return method(*args, **named)
        except BaseException:
            raise

    return override
