"""A list that went out as a workbook, was edited there, and comes back."""

from crm_desktop.services.roundtrip.service import RoundTrips

__all__ = ["RoundTrips"]
