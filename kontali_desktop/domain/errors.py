"""The root of every error the program words for a person, and those that the rules of the trade raise."""

from __future__ import annotations

from typing import ClassVar


class KontaliError(Exception):
    """An expected failure: `code` names its wording, `parameters` fill it. Never holds a secret."""

    code: ClassVar[str] = "error"

    def __init__(self, **parameters: str | int) -> None:
        super().__init__(self.code, parameters)
        self.parameters = parameters


class RuleBroken(KontaliError):
    """A rule of the trade forbids it; nothing was changed."""

    code = "rule_broken"


class UnbalancedMatch(RuleBroken):
    """The amounts on the documents and the difference do not add up to the transaction."""

    code = "unbalanced_match"


class AlreadyMatched(RuleBroken):
    """The transaction is decided already."""

    code = "already_matched"


class DocumentSettled(RuleBroken):
    """The document has less left than the match would put on it."""

    code = "document_settled"


class NothingProposed(RuleBroken):
    """There is no such proposal to decide."""

    code = "nothing_proposed"


class NothingToUndo(RuleBroken):
    """No decision is left to take back."""

    code = "nothing_to_undo"


class NotQueued(RuleBroken):
    """The transaction lies before the account's start, or is only reserved at the bank, and cannot be decided."""

    code = "not_queued"


class UnknownTransaction(RuleBroken):
    """No transaction has this id."""

    code = "unknown_transaction"


class UnknownClient(RuleBroken):
    """No client has this organisation number."""

    code = "unknown_client"


class ClientNeeded(RuleBroken):
    """More than one client exists, and none was named."""

    code = "client_needed"


class UnknownConnection(RuleBroken):
    """No bank connection has this id."""

    code = "unknown_connection"


class UnknownBank(RuleBroken):
    """No bank of this name can be connected."""

    code = "unknown_bank"


class NotAnOrganisationNumber(RuleBroken):
    """Nine digits whose last one must check."""

    code = "not_an_organisation_number"


class AmountNotUnderstood(RuleBroken):
    """The text is not an amount, or has more decimals than the currency."""

    code = "amount_not_understood"


class AccountBelongsToAnother(RuleBroken):
    """The account number is another client's."""

    code = "account_belongs_to_another"


class LedgerAccountTaken(RuleBroken):
    """Another bank account of the client has this ledger account."""

    code = "ledger_account_taken"


class NotABankLedgerAccount(RuleBroken):
    """Bank deposits are booked on 1920–1949 (NS 4102)."""

    code = "not_a_bank_ledger_account"


class UnknownAccount(RuleBroken):
    """No bank account has this id."""

    code = "unknown_account"


class StartInFuture(RuleBroken):
    """A day that has not been cannot be in the books."""

    code = "start_in_future"


class NotARedirectAddress(RuleBroken):
    """An https address, or http to this machine, without a fragment (RFC 6749 section 3.1.2)."""

    code = "not_a_redirect_address"
