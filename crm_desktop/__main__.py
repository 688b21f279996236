"""The one way in: no word or `run` opens the window, every other word goes to the command line.

This module stays light: the child process that reads foreign files imports it again under
another name, and the window's start-up time begins here.
"""

from __future__ import annotations

import gc
import os
import sys
import types

_WITH_VALUE = frozenset({"--book", "--home", "--lang", "--theme", "--size"})
_TO_COMMAND_LINE = frozenset({"-h", "--help", "--version"})


def command_of(argv: list[str]) -> str:
    """The first word that is not an option: "" where there is none (the window)."""
    skip = False
    for word in argv:
        if skip:
            skip = False
        elif word in _TO_COMMAND_LINE or word == "--self-test":
            return word
        elif word.startswith("-"):
            skip = word in _WITH_VALUE
        else:
            return word
    return ""


def has_screen() -> bool:
    """Whether a window can be opened: only a Linux without a display server says no."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main(argv: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a frozen child ends here and never opens a window
    words = sys.argv[1:] if argv is None else argv
    command = command_of(words)
    # Each branch imports only its own world: the window no command line, the command line no Qt.
    if command == "--self-test":
        from crm_desktop.selftest import main as self_test

        return self_test()
    if command not in ("", "run"):
        return _command_line(words)
    if not has_screen():
        return _no_screen()
    code: int = window_program().main([word for word in words if word != "run"])
    return code


def window_program() -> types.ModuleType:
    """The module `app`, loaded the quick way."""
    gc.disable()  # nothing of what is imported now is garbage; ui/garbage.py looks for it later
    import crm_desktop.ui  # noqa: F401 - first: it takes PySide's hook off all imports after it
    from crm_desktop import app

    return app


def _command_line(words: list[str]) -> int:
    try:
        from crm_desktop.cli.main import main as command_line
    except KeyboardInterrupt:  # nothing has begun; later ones get their sentence
        return 1
    return command_line(words)


def _no_screen() -> int:
    from crm_desktop.words import Words

    language = "zh" if os.environ.get("LANG", "").startswith("zh") else "en"
    sys.stderr.write(Words(language).text("start.no_screen") + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
