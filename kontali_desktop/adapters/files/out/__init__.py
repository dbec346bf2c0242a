"""Vouchers out, one layout a file: pure functions from a `VoucherFile` to bytes."""
