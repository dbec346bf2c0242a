"""Connecting a bank: which bank, the sign-in, which accounts, the first fetch."""
