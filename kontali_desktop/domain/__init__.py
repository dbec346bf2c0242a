"""What is true of money, bank transactions, documents and matches; standard library only."""
