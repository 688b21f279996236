"""The page of the morning, over a real book."""
