"""Shared pieces of every printed sheet: text, tables, columns, pages."""
