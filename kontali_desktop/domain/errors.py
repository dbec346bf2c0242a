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


class PeriodClosed(RuleBroken):
    """The line is booked in a period whose books are closed. Parameters: client, day, closed_until (ISO 8601)."""

    code = "period_closed"


class CloseInFuture(RuleBroken):
    """Books are not closed up to a day that has not been."""

    code = "close_in_future"


class NotARedirectAddress(RuleBroken):
    """An https address, or http to this machine, without a fragment (RFC 6749 section 3.1.2)."""

    code = "not_a_redirect_address"


class UnknownImport(RuleBroken):
    """No import has this id."""

    code = "unknown_import"


class ImportUndone(RuleBroken):
    """The import was taken back before."""

    code = "import_undone"


class UnknownExport(RuleBroken):
    """No export has this id."""

    code = "unknown_export"


class UnknownExportFormat(RuleBroken):
    """Vouchers cannot be written in this layout. Parameters: format, known."""

    code = "unknown_export_format"


class EmptyPeriod(RuleBroken):
    """It ends before it begins. Parameters: since, until."""

    code = "empty_period"


class UnbalancedVoucher(RuleBroken):
    """Debit does not equal credit, or there is nothing to book. Parameters: number, sum (kroner)."""

    code = "unbalanced_voucher"


class UnknownVatCode(RuleBroken):
    """The VAT code is none of SAF-T's standard codes. Parameters: code, number (the voucher's)."""

    code = "unknown_vat_code"


class UnknownDocument(RuleBroken):
    """No document has this id."""

    code = "unknown_document"


class UnknownAttachment(RuleBroken):
    """No attachment has this id."""

    code = "unknown_attachment"


class AttachmentNotViewable(RuleBroken):
    """Its kind of file is none of those that are shown. Parameters: name, media_type."""

    code = "attachment_not_viewable"


class NotALedgerAccount(RuleBroken):
    """Three to six digits. Parameters: text."""

    code = "not_a_ledger_account"


class NotAVatCode(RuleBroken):
    """None of SAF-T's standard codes. Parameters: code."""

    code = "not_a_vat_code"


class UnknownRule(RuleBroken):
    """The client has no rule of this id. Parameters: id."""

    code = "unknown_rule"


class RuleTooWide(RuleBroken):
    """Without a condition a rule would mean every line."""

    code = "rule_too_wide"


class RuleIncomplete(RuleBroken):
    """It does not say what to post on, or whose documents to prefer. Parameters: effect."""

    code = "rule_incomplete"


class RuleConflicts(RuleBroken):
    """A person has decided otherwise on lines that it fits; it may act all the same if told so. Parameters: count."""

    code = "rule_conflicts"


class RuleAmountsBackwards(RuleBroken):
    """No amount is from the higher to the lower. Parameters: low, high (minor units)."""

    code = "rule_amounts_backwards"


class NotAnAccountNumber(RuleBroken):
    """Eleven digits whose last one does not check. Parameters: text."""

    code = "not_an_account_number"
