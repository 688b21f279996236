"""Duplicates: groups, the preview of a merge, and the hint while something new is typed."""
