"""Oversikt: what needs attention, and how every client stands."""
