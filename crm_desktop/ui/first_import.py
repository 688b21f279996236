"""PySide's own Python modules, compiled once instead of at every start.

They lie as source text in a zip inside its library (shiboken's `signature_bootstrap.py`), out of
the reach of Python's byte code files: compiling them takes a fifth of a bare window's start. What
came of it is kept beside our own byte code, and dropped when the text or the interpreter changes.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
import zlib
from types import CodeType
from typing import Any

_BUNDLE = getattr(sys, "_MEIPASS", "")
_compile = builtins.compile
_Kept = dict[str, tuple[int, CodeType]]  # by the name in the zip: checksum of the text, the code


def import_pyside() -> None:
    """Import QtCore, with what was kept; nothing goes wrong where nothing can be kept."""
    file = _file()
    kept = _read(file)
    used: _Kept = {}

    def compile_once(source: Any, filename: Any, mode: str, *args: Any, **named: Any) -> Any:
        if not isinstance(source, bytes) or mode != "exec" or args or named:
            return _compile(source, filename, mode, *args, **named)
        checksum = zlib.crc32(source)
        before = kept.get(filename)
        if before is not None and before[0] == checksum:
            code = before[1]
        else:
            code = _compile(source, filename, mode)
        used[filename] = (checksum, code)
        return code

    # The importer of the zip calls `compile` by this name and has no other place to keep its work.
    builtins.compile = compile_once
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = _compile
    if used and used != kept:
        _write(file, used)


def _file() -> str:
    """Beside the byte code of this module, so named by interpreter; "" where there is none.

    A bundle has no byte code files; its self-test writes this one when it is built.
    """
    if _BUNDLE:
        return os.path.join(_BUNDLE, "pyside.kept")
    ours = __spec__.cached if __spec__ is not None else None
    return f"{ours}.pyside" if ours else ""


def _read(file: str) -> _Kept:
    try:
        with open(file, "rb") as stream:
            found = marshal.load(stream)
        # Byte code knows nothing of the interpreter it was made for.
        kept: _Kept = found[sys.version]
    except (OSError, EOFError, ValueError, TypeError, KeyError):
        return {}
    return kept


def _write(file: str, kept: _Kept) -> None:
    """Whole or not at all: another window may be starting."""
    if not file or (sys.dont_write_bytecode and not _BUNDLE):
        return
    half = f"{file}.{os.getpid()}"
    try:
        with open(half, "wb") as stream:
            marshal.dump({sys.version: kept}, stream)
        os.replace(half, file)
    except OSError:
        return
