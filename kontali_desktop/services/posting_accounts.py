"""Which accounts a client books on, where it is not NS 4102's."""

from __future__ import annotations

from collections.abc import Mapping

from kontali_desktop.domain.errors import NotALedgerAccount, NotAVatCode
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.domain.posting_accounts import NS_4102, PostingAccount, PostingRole
from kontali_desktop.domain.vat_codes import STANDARD_VAT_CODES
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.storage import Event, Storage

_SHORTEST, _LONGEST = 3, 6


def ledger_account(text: str) -> str:
    """A number of the chart of accounts. Raises NotALedgerAccount."""
    if not (text.isascii() and text.isdigit() and _SHORTEST <= len(text) <= _LONGEST):
        raise NotALedgerAccount(text=text[:20])
    return text


def standard_vat_code(text: str) -> str:
    """A standard code, or none at all: another one would stop the files that need one. Raises NotAVatCode."""
    if text and text not in STANDARD_VAT_CODES:
        raise NotAVatCode(code=text[:20])
    return text


class PostingAccounts:
    """Each change is an event."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def load(self, client_id: ClientId) -> Mapping[PostingRole, PostingAccount]:
        """The account of every role, the client's own or NS 4102's."""
        with self._storage.reading() as work:
            return {**NS_4102, **work.vouchers.load_accounts(client_id)}

    def change(self, client_id: ClientId, role: PostingRole, account: str, vat_code: str = "") -> None:
        """Vouchers made from now on use it; an empty account goes back to NS 4102's.

        Raises NotALedgerAccount, NotAVatCode.
        """
        number = ledger_account(account.strip() or NS_4102[role].account)
        wanted = PostingAccount(number, standard_vat_code(vat_code.strip()))
        with self._storage.writing() as work:
            own = work.vouchers.load_accounts(client_id)
            if own.get(role, NS_4102[role]) == wanted:
                return
            kept = {used: known for used, known in own.items() if used is not role}
            work.vouchers.save_accounts(client_id, kept if wanted == NS_4102[role] else {**kept, role: wanted})
            facts = {"role": role.value, "account": wanted.account, "vat_code": wanted.vat_code}
            work.events.add(Event(self._clock.now(), PERSON, "posting_account.changed", facts, client_id=client_id))
            work.commit()
