"""Åpne poster: the invoices and credit notes of both sides, and what is open on them."""
