"""The engine: transactions and open items in, proposals with evidence out. Pure."""
