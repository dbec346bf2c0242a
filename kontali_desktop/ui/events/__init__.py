"""Hendelser: who did what, when."""
