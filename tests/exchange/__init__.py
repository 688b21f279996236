"""Tests of reading foreign files and of understanding them."""
