"""Paper: quotes and contracts as PDF; no database, no Qt."""
