"""The window's history pages, with real widgets over a real book."""
