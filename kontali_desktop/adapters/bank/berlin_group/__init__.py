"""The Berlin Group's NextGenPSD2 1.3 account interface, shared by every provider."""
