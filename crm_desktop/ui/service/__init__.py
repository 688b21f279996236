"""Tickets of the service."""
