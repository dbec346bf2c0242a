"""The door to vouchers and exports, which are only ever added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kontali_desktop.domain.ids import ClientId, ExportId, MatchId, VoucherId
from kontali_desktop.domain.periods import ALL_TIME, Period
from kontali_desktop.domain.posting_accounts import PostingAccount, PostingRole
from kontali_desktop.domain.vouchers import Voucher, VoucherFile


@dataclass(frozen=True, slots=True)
class StoredVoucher:
    """A numbered voucher of a match; `reverses` where it takes an earlier one back."""

    id: VoucherId
    match_id: MatchId
    reverses: VoucherId | None
    created_at: datetime
    voucher: Voucher


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """A file that was written out. `since` and `until` are as they were asked for; `count` its vouchers.

    `first_number` and `last_number` are of its vouchers, `days` from the first of them to the last.
    """

    id: ExportId
    client_id: ClientId
    at: datetime
    actor: str
    format: str
    since: date | None
    until: date | None
    count: int
    first_number: int | None = None
    last_number: int | None = None
    days: Period = ALL_TIME


class VoucherStore(Protocol):
    def load(self, client_id: ClientId) -> tuple[StoredVoucher, ...]:
        """By number."""
        ...

    def add(
        self, client_id: ClientId, match_id: MatchId, voucher: Voucher, now: datetime, reverses: VoucherId | None = None
    ) -> StoredVoucher: ...
    def exported_ids(self, client_id: ClientId, format_: str) -> frozenset[VoucherId]: ...
    def add_export(self, export: ExportRecord, content: bytes, vouchers: Sequence[VoucherId]) -> ExportId:
        """The file is kept whole: a later version of the program may write a layout in another way."""
        ...

    def load_exports(self, client_id: ClientId | None, most: int) -> tuple[ExportRecord, ...]:
        """The newest first."""
        ...

    def find_export(self, export_id: ExportId) -> ExportRecord | None: ...
    def content_of(self, export_id: ExportId) -> bytes | None:
        """None for an export from before files were kept."""
        ...

    def vouchers_of(self, export_id: ExportId) -> frozenset[VoucherId]: ...
    def load_accounts(self, client_id: ClientId) -> dict[PostingRole, PostingAccount]:
        """Only those that are not NS 4102's."""
        ...

    def save_accounts(self, client_id: ClientId, accounts: Mapping[PostingRole, PostingAccount]) -> None: ...


class VoucherWriter(Protocol):
    """The layouts that vouchers can be written in."""

    def formats(self) -> tuple[str, ...]: ...

    def suffix(self, format_: str) -> str:
        """How the name of such a file ends (`.csv`)."""
        ...

    def needs_vat_codes(self, format_: str) -> bool:
        """Whether it says what a VAT code means, and so takes vouchers with SAF-T's standard codes only."""
        ...

    def write(self, format_: str, file: VoucherFile) -> bytes: ...
