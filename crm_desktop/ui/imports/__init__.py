"""Importing a list: file, columns, check, done."""
