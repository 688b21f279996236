"""A list edited in a spreadsheet, brought back: what was changed, and taking it over."""
