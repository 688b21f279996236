"""CRM Desktop: an offline customer book for small firms."""

__version__ = "0.1.0"
