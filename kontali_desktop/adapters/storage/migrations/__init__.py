"""Revisions of the database, run by the program itself."""
