"""Quotes and contracts."""
