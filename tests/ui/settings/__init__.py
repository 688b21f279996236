"""The window's settings pages, with real widgets over a real book."""
