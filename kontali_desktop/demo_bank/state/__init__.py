"""What the bank remembers: consents, grants and tokens (also over a restart), and sign-ins under way."""
