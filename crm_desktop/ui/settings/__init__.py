"""Settings of the firm and of this machine."""
