"""The reports, over a real book."""
