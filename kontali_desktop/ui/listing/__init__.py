"""What the screens that are one table have in common."""
