"""Erasing for good: what goes, the journal without it, and the ledger of what is gone."""
