"""Which accounts and VAT codes a client may book on."""

from __future__ import annotations

import pytest

from kontali_desktop.adapters.files.out.writer import VoucherWriter
from kontali_desktop.domain.errors import NotALedgerAccount, NotAVatCode
from kontali_desktop.domain.matches import DifferenceReason
from kontali_desktop.domain.posting_accounts import PostingAccount, PostingRole
from kontali_desktop.domain.vat_codes import STANDARD_VAT_CODES
from kontali_desktop.services.export import ExportVouchers
from kontali_desktop.services.posting_accounts import PostingAccounts
from tests.services.conftest import Office
from tests.services.test_export import Desk
from tests.support import invoice

FEE = PostingRole.FEE


def test_a_vat_code_that_does_not_exist_is_refused_and_nothing_changes(office: Office) -> None:
    client = office.client()
    accounts = PostingAccounts(office.storage, office.clock)
    for code in ("2", "77", "1x", "25 %", "01"):
        with pytest.raises(NotAVatCode):
            accounts.change(client.id, FEE, "7771", code)
    with pytest.raises(NotALedgerAccount):
        accounts.change(client.id, FEE, "77-1", "1")
    assert accounts.load(client.id)[FEE] == PostingAccount("7770")


def test_every_standard_vat_code_is_taken_and_written_in_every_layout(office: Office) -> None:
    """What is taken when it is typed must not stop a file later."""
    desk = Desk(office)
    accounts = PostingAccounts(office.storage, office.clock)
    writer = VoucherWriter()
    for place, code in enumerate(sorted(STANDARD_VAT_CODES), 1):
        accounts.change(desk.client.id, FEE, "7771", f" {code} ")
        desk.settle(
            900_00 + place, invoice(f"{place}", 1000_00 + place), difference=-100_00, reason=DifferenceReason.FEE
        )
        for format_ in writer.formats():
            made = ExportVouchers(office.storage, writer, office.clock, "1.0").run(None, format_)
            assert made.held_back == ()
            assert made.vouchers[-1].voucher.lines[-1].vat_code == code


def test_an_old_code_that_does_not_exist_holds_its_own_line_back_and_no_other(office: Office) -> None:
    """Settings from before codes were looked at may have one: the rest goes out all the same."""
    desk = Desk(office)
    with office.storage.writing() as work:
        work.vouchers.save_accounts(desk.client.id, {FEE: PostingAccount("7771", "77")})
        work.commit()
    desk.settle(1000_00, invoice("1", 1000_00))
    desk.settle(900_00, invoice("2", 1000_00), difference=-100_00, reason=DifferenceReason.FEE)
    made = ExportVouchers(office.storage, VoucherWriter(), office.clock, "1.0").run(None, "saft")
    assert len(made.vouchers) == 1
    assert [(h.why, h.facts) for h in made.held_back] == [("vat_code_unknown", {"vat_code": "77", "account": "7771"})]
