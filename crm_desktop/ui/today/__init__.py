"""The page of the morning."""
