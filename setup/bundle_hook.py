"""Runs first in a bundle: PyInstaller's own hook would import PySide past what is kept of it."""

import crm_desktop.ui  # noqa: F401 - imported for what it does to the imports after it
