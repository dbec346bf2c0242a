"""Signing in inside the window: the bank's own page in an embedded web view.

Nothing here loads the web engine until a sign-in begins; `user_agent` is the door.
"""
