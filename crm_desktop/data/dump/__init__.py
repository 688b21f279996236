"""The whole book as one open JSON file, and a book made of such a file again.

    {"format": "crm-desktop book", "version": 1, "schema": 3, "program": "…", "tables": {
     "people": {"columns": [["id", "integer"], ["amount", "money"], …], "rows": [
      [1, …],
      …
     ], "count": 25}, …}}

Values stand as the book keeps them, so that nothing is lost: "money" is in hundredths, "scaled"
in ten-thousandths, moments are UTC, days are ISO, "json" is JSON as text, bytes are base64.
All tables are there, the history too, but those that are worked out from others (search).
"""

FORMAT = "crm-desktop book"
VERSION = 1
SEQUENCES = "sqlite_sequence"
"""The highest number each table has given: no number is ever given twice."""
