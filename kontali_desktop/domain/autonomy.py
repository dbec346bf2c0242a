"""How far the program may go by itself, and by what it is held back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kontali_desktop.domain.bank import ReportedTransaction
from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.matches import Evidence, Proposal, ProposalKind
from kontali_desktop.domain.text_words import telling_words

# The confidence from which the program accepts by itself unless a client says otherwise.
DEFAULT_THRESHOLD = 0.97


@dataclass(frozen=True, slots=True)
class Expected:
    """What a threshold brings: wrong ones of 10 000 automatic, and of 100 payments with a document those taken."""

    threshold: float
    wrong: int
    taken: int


# Measured on made companies of every regime that nothing was fitted on (`tests/benchmarks/matching`, seeds 996000 to
# 996029; 52 903 taken automatically at the lowest threshold, 48 157 at the highest).
_EXPECTED = (
    Expected(0.95, 3, 97),
    Expected(0.97, 3, 97),
    Expected(0.98, 3, 96),
    Expected(0.99, 2, 95),
    Expected(0.995, 1, 94),
    Expected(0.999, 0, 88),
)


def expected_at(threshold: float) -> Expected:
    """Of the measured threshold at or below this one."""
    return next((e for e in reversed(_EXPECTED) if threshold >= e.threshold), _EXPECTED[0])


class Mode(StrEnum):
    """What the program does with a match it is sure of.

    Shadow notes what it would have accepted and accepts nothing; careful accepts evidence weaker than a KID only for
    counterparties that a person has confirmed before; balanced has no such rule.
    """

    OFF = "off"
    SHADOW = "shadow"
    CAREFUL = "careful"
    BALANCED = "balanced"


class Veto(StrEnum):
    """Why a proposal is not accepted by itself, the most telling first."""

    CLOSED_PERIOD = "closed_period"
    OFF = "off"
    SHADOW = "shadow"
    OTHER_CLIENT = "other_client"
    DIRECTION = "direction"
    RULE = "rule"
    NEEDS_PERSON = "needs_person"
    UNDONE = "undone"
    AMBIGUOUS = "ambiguous"
    BELOW_THRESHOLD = "below_threshold"
    CURRENCY = "currency"
    ABOVE_CAP = "above_cap"
    TAKEN_BACK = "taken_back"
    NOT_CONFIRMED = "not_confirmed"


class EvidenceKind(StrEnum):
    """What a proposal mainly rests on; autonomy is earned and lost for a counterparty and one of these."""

    RULE = "rule"
    TRANSFER = "transfer"
    DUPLICATE = "duplicate"
    POSTING = "posting"
    SETTLEMENT = "settlement"
    REMITTANCE = "remittance"
    KID = "kid"
    NUMBER = "number"
    CURRENCY = "currency"
    SET = "set"
    NAME_AMOUNT = "name_amount"
    AMOUNT = "amount"


RULE_SIGNAL = "rule"
_OF_KIND = {
    ProposalKind.TRANSFER: EvidenceKind.TRANSFER,
    ProposalKind.DUPLICATE_PAYMENT: EvidenceKind.DUPLICATE,
    ProposalKind.DIRECT_POSTING: EvidenceKind.POSTING,
}
_BY_SIGNAL = (
    (EvidenceKind.SETTLEMENT, frozenset({"settlement_text"})),
    (EvidenceKind.REMITTANCE, frozenset({"remittance_text", "sum_of_due"})),
    (EvidenceKind.KID, frozenset({"kid", "kid_in_text"})),
    (EvidenceKind.NUMBER, frozenset({"number", "number_part", "kid_layout"})),
    (EvidenceKind.CURRENCY, frozenset({"stated_amount", "stated_rate", "rate", "rate_of_the_day"})),
)
_NAMED = frozenset({"counterparty", "counterparty_account", "counterparty_in_text", "kid_counterparty"})


def signals_of(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The signals, without numbers that stand in the text as something else's."""
    return frozenset(e.signal for e in evidence if "context" not in e.facts)


def kind_of_evidence(proposal: Proposal) -> EvidenceKind:
    """A rule of the user's own first, then by kind of proposal, then by the strongest kind of clue."""
    signals = signals_of(proposal.evidence)
    if RULE_SIGNAL in signals:
        return EvidenceKind.RULE
    if proposal.kind in _OF_KIND:
        return _OF_KIND[proposal.kind]
    for kind, mine in _BY_SIGNAL:
        if signals & mine:
            return kind
    if len(proposal.lines) > 1:
        return EvidenceKind.SET
    return EvidenceKind.NAME_AMOUNT if signals & _NAMED else EvidenceKind.AMOUNT


def counterparty_of(line: ReportedTransaction, proposal: Proposal) -> str:
    """Whose autonomy it is: the documents' one counterparty, else who the bank says it is, else what the text says."""
    return counterparty_named(line.counterparty, line.text, proposal)


def counterparty_named(name: str, text: str, proposal: Proposal) -> str:
    """As `counterparty_of`, by the line's counterparty and text."""
    names = {folded_name(x.counterparty) for x in proposal.lines}
    if len(names) == 1:
        return names.pop()
    if proposal.kind is ProposalKind.TRANSFER:
        return ""
    return folded_name(name) or " ".join(telling_words(text))
