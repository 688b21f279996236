"""What was done, and what lies in the trash."""
