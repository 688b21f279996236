"""Coming birthdays, solar and lunar, and greeting people."""
