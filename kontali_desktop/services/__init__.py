"""What the program does, one use case a file, and the ports it needs. Returns facts, never sentences."""
