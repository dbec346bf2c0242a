"""Innstillinger: the program, the clients and their accounts, the bank."""
