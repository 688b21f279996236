"""The people and their pages."""
