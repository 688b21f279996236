"""The one table of records: every list of the window is made of it."""
