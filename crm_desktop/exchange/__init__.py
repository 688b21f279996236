"""Files in and out: workbooks, text tables; no database, no Qt."""
