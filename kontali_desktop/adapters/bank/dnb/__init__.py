"""DNB as the program sees it: hosts and styles by default, each of them a setting."""
