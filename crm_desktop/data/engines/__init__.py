"""What differs from engine to engine."""
