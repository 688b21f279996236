"""Pages of single records, and the panel beside lists: one mechanism driven by the fields."""
