"""Importing foreign lists."""

from crm_desktop.services.imports.service import Imports, Preview, Wishes

__all__ = ["Imports", "Preview", "Wishes"]
