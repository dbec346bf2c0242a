"""Tables of text cells, whatever file they came in, and what their columns mean."""
