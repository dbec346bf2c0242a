"""Kontroll: what waits for a person, side by side."""
