"""The window's imports pages, with real widgets over a real book."""
