"""Records of every kind, read and written by their field declarations."""
