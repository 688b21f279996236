"""The window's welcome pages, with real widgets over a real book."""
