"""Transaksjoner: every line the banks have reported, also what is only reserved or lies before the start."""
