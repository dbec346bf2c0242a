"""What came inside documents: found for what is shown, and opened in the system's own viewer."""
