"""The tables of the book, one file per feature."""
