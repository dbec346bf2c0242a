"""A proposal in two lines, as the review's list shows it, and its difference in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kontali_desktop.domain.documents import DocumentKind, OpenItem, Side
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.matches import DifferenceReason, Proposal, ProposalKind
from kontali_desktop.domain.money import NOK
from kontali_desktop.wording.dates import DateWords
from kontali_desktop.wording.evidence import evidence_text
from kontali_desktop.wording.names import joined, ledger_account_name, reason_name, short_account
from kontali_desktop.wording.numbers import format_amount, format_percent
from kontali_desktop.wording.texts import Texts

_ASPECTS = {
    "amount": ("amount", "sum", "stated_amount", "opposite_amount"),
    "kid": ("kid", "kid_in_text"),
    "number": ("number", "number_part", "kid_layout"),
    "name": ("counterparty", "counterparty_in_text", "kid_counterparty"),
    "account": ("counterparty_account", "own_account"),
}
_NUMBER_SIGNALS = frozenset(_ASPECTS["number"])
_MOST_LISTED = 2
_SHARED_REASONS = (DifferenceReason.FEE, DifferenceReason.DISCOUNT)


@dataclass(frozen=True, slots=True)
class ProposalText:
    """First line in three weights (`strong`, `normal`, `quiet`), second line `detail`."""

    strong: str
    normal: str = ""
    quiet: str = ""
    detail: str = ""

    @property
    def title(self) -> str:
        return " ".join(part for part in (self.strong, self.normal, self.quiet) if part)


def proposal_text(
    texts: Texts,
    dates: DateWords,
    proposal: Proposal | None,
    currency: str,
    *,
    documents: Mapping[DocumentId, OpenItem],
    counter_account: str,
    is_incoming: bool,
) -> ProposalText:
    """`documents` gives due dates where they are known, `counter_account` the number of a transfer's other account."""
    if proposal is None:
        return ProposalText(texts.text("proposal.none"), detail=texts.text("proposal.none.detail"))
    if proposal.kind is ProposalKind.TRANSFER:
        key = "proposal.transfer.from" if is_incoming else "proposal.transfer.to"
        other = texts.text(key, account=short_account(counter_account))
        own = other if counter_account else texts.text("proposal.transfer.own")
        return ProposalText(texts.text("proposal.transfer"), own, detail=why_short(texts, proposal))
    if proposal.kind is ProposalKind.DIRECT_POSTING and proposal.posting:
        account = ledger_account_name(texts, proposal.posting.account)
        vat = proposal.posting.vat_code
        quiet = texts.text("proposal.vat", code=vat) if vat else ""
        return ProposalText(texts.text("proposal.direct_posting"), account, quiet, why_short(texts, proposal))
    if proposal.kind is ProposalKind.DUPLICATE_PAYMENT:
        number = proposal.lines[0].number if proposal.lines else ""
        name = proposal.lines[0].counterparty if proposal.lines else ""
        strong = texts.text("proposal.duplicate", number=number)
        return ProposalText(strong, name, detail=texts.text("proposal.duplicate.detail"))
    is_part = any(e.signal == "part_payment" for e in proposal.evidence)
    part_payment = texts.text("proposal.part_payment") if is_part else ""
    parts = (why_short(texts, proposal), difference_of(texts, proposal, currency), part_payment)
    detail = " · ".join(part for part in parts if part)
    return _documents_text(texts, dates, proposal, documents, detail)


def _documents_text(
    texts: Texts, dates: DateWords, proposal: Proposal, documents: Mapping[DocumentId, OpenItem], detail: str
) -> ProposalText:
    lines = proposal.lines
    names = list(dict.fromkeys(line.counterparty for line in lines))
    numbers = [line.number for line in lines]
    if len(lines) == 1:
        item = documents.get(lines[0].document_id)
        due = item.due_date if item else None
        quiet = texts.text("proposal.due", day=dates.short_day(due)) if due else ""
        return ProposalText(_single(texts, lines[0].kind, numbers[0]), names[0], quiet, detail)
    if any(line.kind is DocumentKind.CREDIT_NOTE for line in lines):
        strong = texts.plural("proposal.documents", len(lines))
    else:
        strong = texts.plural("proposal.invoices", len(lines))
    listed = " · ".join(numbers) if len(numbers) <= _MOST_LISTED else f"{numbers[0]} … {numbers[-1]}"
    if len(names) == 1:
        return ProposalText(strong, names[0], listed, detail)
    return ProposalText(strong, listed, "", detail)


def _single(texts: Texts, kind: DocumentKind, number: str) -> str:
    return number if kind is DocumentKind.INVOICE else texts.text("proposal.credit_note", number=number)


def why_short(texts: Texts, proposal: Proposal) -> str:
    """Beløp, nummer og konto stemmer; 3 kombinasjoner; begge numre står i teksten."""
    signals = {e.signal for e in proposal.evidence if "context" not in e.facts}
    if proposal.combinations > 1:
        return texts.plural("proposal.combinations", proposal.combinations)
    if "only_combination" in signals:
        return texts.text("proposal.only_combination")
    told = sum(1 for e in proposal.evidence if e.signal in _NUMBER_SIGNALS and "context" not in e.facts)
    if len(proposal.lines) > 1 and told >= len(proposal.lines):
        is_pair = len(proposal.lines) == _MOST_LISTED
        return texts.text("proposal.both_numbers") if is_pair else texts.text("proposal.all_numbers", count=told)
    found = [aspect for aspect, mine in _ASPECTS.items() if signals.intersection(mine)]
    if len(found) == 1:
        return texts.text(f"proposal.fits.{found[0]}")
    if found:
        words = joined(texts, [texts.text(f"proposal.aspect.{aspect}") for aspect in found])
        return texts.text("proposal.fit", aspects=words[0].upper() + words[1:])
    strongest = max(proposal.evidence, key=lambda e: e.weight, default=None)
    return evidence_text(texts, strongest) if strongest else ""


def difference_of(texts: Texts, proposal: Proposal, currency: str) -> str:
    """The proposal's difference, with its share of the documents where it is a fee; empty where there is none."""
    if proposal.difference_reason is DifferenceReason.CURRENCY and not proposal.difference:
        return texts.text("proposal.other_currency", currency=proposal.lines[0].currency if proposal.lines else "")
    settled = sum(line.amount if line.side is Side.CUSTOMER else -line.amount for line in proposal.lines)
    return difference_text(texts, proposal.difference, proposal.difference_reason, currency, abs(settled))


def difference_text(
    texts: Texts, minor: int, reason: DifferenceReason | None, currency: str = NOK, settled: int = 0
) -> str:
    """Gebyr −61,25 (1,75 %), in small letters; `settled` is what the share is of. Empty for no difference."""
    if minor == 0:
        return ""
    amount = format_amount(minor, currency, texts.style)
    words = texts.text("difference.text", reason=reason_name(texts, reason), amount=amount)
    if reason not in _SHARED_REASONS or settled <= 0:
        return words
    share = (abs(minor) * 20_000 + settled) // (2 * settled)  # hundredths of a percent, rounded half up
    return f"{words} ({format_percent(share, texts.style, decimals=2)})"


def difference_sum(
    texts: Texts, settled: int, minor: int, reason: DifferenceReason | None, currency: str = NOK
) -> tuple[str, str]:
    """What the documents say, and how that becomes the bank's amount: `3 500,00` and `− gebyr 61,25 = 3 438,75`."""
    amounts = [format_amount(value, currency, texts.style) for value in (settled, abs(minor), settled + minor)]
    if minor == 0:
        return amounts[0], ""
    sign = "+" if minor > 0 else "−"
    return amounts[0], f"{sign} {reason_name(texts, reason)} {amounts[1]} = {amounts[2]}"
