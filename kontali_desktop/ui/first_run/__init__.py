"""The empty program: three steps to the first review."""
