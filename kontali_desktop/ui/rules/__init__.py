"""The client's own rules: the list, the form, and the test before a rule may act."""
