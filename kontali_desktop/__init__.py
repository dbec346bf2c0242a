"""Kontali Desktop: a Norwegian bookkeeper's daily bank work."""
