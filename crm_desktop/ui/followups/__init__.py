"""Follow-ups: agenda, week and month, and the rows other pages show too."""
