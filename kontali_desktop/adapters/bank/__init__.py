"""Banks over the Berlin Group's interface, one folder a provider."""
