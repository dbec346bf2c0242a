"""Banktilkoblinger: each connection, how it stands and what can be done with it."""
