"""The companies and their pages."""
