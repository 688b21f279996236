"""Kill and power-cut the book at its write points: record once, replay every prefix."""
