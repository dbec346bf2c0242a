"""Hva som er lært: what the decisions taught of a client, why, and forgetting it."""
