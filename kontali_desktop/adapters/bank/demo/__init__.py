"""The demo bank as the program sees it: a bank like another, at an address that is known when it runs."""
