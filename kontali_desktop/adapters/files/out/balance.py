"""What every layout asks of a file before a byte of it is written."""

from __future__ import annotations

from kontali_desktop.domain.errors import UnbalancedVoucher
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.vouchers import VoucherFile


def check_balance(file: VoucherFile) -> None:
    """Debit equals credit in every voucher, and each has lines. Raises UnbalancedVoucher."""
    for voucher in file.vouchers:
        if not voucher.lines or not voucher.is_balanced:
            total = sum(line.amount for line in voucher.lines)
            raise UnbalancedVoucher(number=voucher.number, sum=plain_amount(total))
