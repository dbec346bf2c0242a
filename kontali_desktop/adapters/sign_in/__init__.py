"""Where a person signs in outside the window: the system browser, or a pasted address."""
