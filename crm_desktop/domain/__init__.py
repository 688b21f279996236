"""The words and the rules: plain values, checks, money, calendar; no input or output."""
