"""Opportunities: the board, the list and the funnel."""
