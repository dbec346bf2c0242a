"""Vouchers and exports in the database."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.file_tables import (
    ExportedVoucherRow,
    ExportRow,
    PostingAccountRow,
    VoucherRow,
)
from kontali_desktop.domain.ids import ClientId, ExportId, MatchId, VoucherId
from kontali_desktop.domain.periods import Period
from kontali_desktop.domain.posting_accounts import PostingAccount, PostingRole
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherLine
from kontali_desktop.services.voucher_storage import ExportRecord, StoredVoucher


def _of_vouchers(*figures: Any) -> list[Any]:  # noqa: ANN401 - SQLAlchemy's own types of columns
    """Figures over the vouchers of an export, each a column beside it."""
    return [
        select(figure)
        .select_from(VoucherRow)
        .join(ExportedVoucherRow, ExportedVoucherRow.voucher_id == VoucherRow.id)
        .where(ExportedVoucherRow.export_id == ExportRow.id)
        .correlate(ExportRow)
        .scalar_subquery()
        for figure in figures
    ]


_NUMBER, _DAY = VoucherRow.number, VoucherRow.voucher_date
_EXPORTS = select(
    ExportRow, *_of_vouchers(func.count(), func.min(_NUMBER), func.max(_NUMBER), func.min(_DAY), func.max(_DAY))
)


def _dumped(voucher: Voucher) -> str:
    lines = [{name: value for name, value in asdict(line).items() if value not in ("", None)} for line in voucher.lines]
    plain = {
        "text": voucher.text,
        "reference": voucher.transaction_reference,
        "bank_account": voucher.bank_account,
        "reverses": voucher.reverses,
        "lines": lines,
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _voucher(row: VoucherRow) -> StoredVoucher:
    plain: dict[str, Any] = json.loads(row.payload)
    voucher = Voucher(
        number=row.number,
        date=row.voucher_date,
        text=plain["text"],
        lines=tuple(VoucherLine(**(line | {"role": LineRole(line["role"])})) for line in plain["lines"]),
        transaction_reference=plain["reference"],
        bank_account=plain["bank_account"],
        reverses=plain["reverses"],
    )
    reverses = VoucherId(row.reverses_id) if row.reverses_id is not None else None
    return StoredVoucher(VoucherId(row.id), MatchId(row.match_id), reverses, row.created_at, voucher)


class SqlVoucherStore:
    """VoucherStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self, client_id: ClientId) -> tuple[StoredVoucher, ...]:
        query = select(VoucherRow).where(VoucherRow.client_id == client_id).order_by(VoucherRow.number)
        return tuple(_voucher(row) for row in self._session.scalars(query))

    def add(
        self, client_id: ClientId, match_id: MatchId, voucher: Voucher, now: datetime, reverses: VoucherId | None = None
    ) -> StoredVoucher:
        row = VoucherRow(
            client_id=client_id,
            number=voucher.number,
            match_id=match_id,
            reverses_id=reverses,
            voucher_date=voucher.date,
            payload=_dumped(voucher),
            created_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return StoredVoucher(VoucherId(row.id), match_id, reverses, now, voucher)

    def exported_ids(self, client_id: ClientId, format_: str) -> frozenset[VoucherId]:
        query = (
            select(ExportedVoucherRow.voucher_id)
            .join(ExportRow, ExportRow.id == ExportedVoucherRow.export_id)
            .where(ExportRow.client_id == client_id, ExportRow.format == format_)
        )
        return frozenset(VoucherId(id_) for id_ in self._session.scalars(query))

    def add_export(self, export: ExportRecord, content: bytes, vouchers: Sequence[VoucherId]) -> ExportId:
        row = ExportRow(
            client_id=export.client_id,
            at=export.at,
            actor=export.actor,
            format=export.format,
            since=export.since,
            until=export.until,
            content=zlib.compress(content),
        )
        self._session.add(row)
        self._session.flush()
        rows = [{"export_id": row.id, "voucher_id": voucher} for voucher in vouchers]
        if rows:
            self._session.execute(insert(ExportedVoucherRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path
        return ExportId(row.id)

    def load_exports(self, client_id: ClientId | None, most: int) -> tuple[ExportRecord, ...]:
        query = _EXPORTS.order_by(ExportRow.id.desc()).limit(most)
        if client_id is not None:
            query = query.where(ExportRow.client_id == client_id)
        return tuple(_record(row, *figures) for row, *figures in self._session.execute(query))

    def find_export(self, export_id: ExportId) -> ExportRecord | None:
        found = self._session.execute(_EXPORTS.where(ExportRow.id == export_id)).first()
        return _record(found[0], *found[1:]) if found else None

    def content_of(self, export_id: ExportId) -> bytes | None:
        kept = self._session.scalars(select(ExportRow.content).where(ExportRow.id == export_id)).one()
        return None if kept is None else zlib.decompress(kept)

    def vouchers_of(self, export_id: ExportId) -> frozenset[VoucherId]:
        query = select(ExportedVoucherRow.voucher_id).where(ExportedVoucherRow.export_id == export_id)
        return frozenset(VoucherId(id_) for id_ in self._session.scalars(query))

    def load_accounts(self, client_id: ClientId) -> dict[PostingRole, PostingAccount]:
        query = select(PostingAccountRow).where(PostingAccountRow.client_id == client_id)
        return {PostingRole(r.role): PostingAccount(r.account, r.vat_code) for r in self._session.scalars(query)}

    def save_accounts(self, client_id: ClientId, accounts: Mapping[PostingRole, PostingAccount]) -> None:
        self._session.execute(delete(PostingAccountRow).where(PostingAccountRow.client_id == client_id))
        rows = [
            {"client_id": client_id, "role": role, "account": used.account, "vat_code": used.vat_code}
            for role, used in accounts.items()
        ]
        if rows:
            self._session.execute(insert(PostingAccountRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path


def _record(row: ExportRow, *figures: Any) -> ExportRecord:  # noqa: ANN401 - the columns of `_EXPORTS`
    count, first, last, since, until = figures
    return ExportRecord(
        id=ExportId(row.id),
        client_id=ClientId(row.client_id),
        at=row.at,
        actor=row.actor,
        format=row.format,
        since=row.since,
        until=row.until,
        count=count,
        first_number=first,
        last_number=last,
        days=Period(since, until),
    )
