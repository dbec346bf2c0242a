"""The operating system's keychain, where every secret lives and nothing else does."""
