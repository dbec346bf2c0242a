"""Vouchers out: what an export would bring, where it goes, and the earlier ones."""
