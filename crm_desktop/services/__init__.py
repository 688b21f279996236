"""What the user does: one method, one gesture, one transaction."""
