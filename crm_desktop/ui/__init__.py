"""The window: pages, forms, and the shell around them. Qt lives here and only here."""

from __future__ import annotations

import builtins

from crm_desktop.ui.first_import import import_pyside

import_pyside()  # puts a hook of its own before every import of the process

from crm_desktop.ui.overrides import make_errors_whole  # noqa: E402  # needs PySide

make_errors_whole()

# The hook reads the source text of each module imported from then on, to see whether it asks for
# PySide's other names (snake_case). None does, here or in any library of ours, and without the
# hook the window is there sooner and SQLAlchemy's source stays out of memory.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
