"""What a client's own decisions teach: pure, and each fact lists the decisions it rests on.

Nothing here is stored. The same decisions give the same facts, and a fact that is forgotten counts only what was
decided after that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kontali_desktop.domain.bank import BankTransaction, ReportedTransaction
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.documents import ReportedDocument, Side, folded_name
from kontali_desktop.domain.ids import DecisionId
from kontali_desktop.domain.matches import DifferenceReason, Posting
from kontali_desktop.domain.text_words import signature, telling_words, words_in
from kontali_desktop.matching.kid_layouts import KidLayout, KidSample, layouts_of

_WHOLE = 100  # øre in a krone
_MOST_PAID_FOR = 2  # a payout or a remittance pays for more, and tells nothing of any of them


class FactKind(StrEnum):
    """What a fact tells; the key says of what: an account number, a text, a counterparty, a KID's length.

    The last are not the engine's: autonomy that a correction took back, and a proposal that was rejected.
    """

    ACCOUNT = "account"
    PAYER = "payer"
    TEXT = "text"
    HABIT = "habit"
    KID_LAYOUT = "kid_layout"
    POSTING = "posting"
    AUTONOMY = "autonomy"
    REJECTED = "rejected"
    SUGGESTED_RULE = "suggested_rule"  # never learnt; a person may say that it is not to be suggested


Forgotten = Mapping[tuple[FactKind, str], DecisionId]  # decisions up to and with this one no longer count
NOTHING_FORGOTTEN: Forgotten = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Example:
    """An accepted match: the line, the documents with what was put on each, or the account it was posted on."""

    decision: DecisionId
    transaction: BankTransaction
    documents: tuple[tuple[ReportedDocument, int], ...] = ()
    reason: DifferenceReason | None = None
    posting: Posting | None = None

    @property
    def line(self) -> ReportedTransaction:
        return self.transaction.reported


@dataclass(frozen=True, slots=True)
class LearntParty:
    """A counterparty that an account, a payer or a text has meant; `key` is its organisation number, else its name."""

    key: str
    name: str
    decisions: tuple[DecisionId, ...]


@dataclass(frozen=True, slots=True)
class Habit:
    """How a counterparty pays: `days_late` is the median after the due date, the rest are counts of its payments."""

    name: str
    days_late: int | None
    rounded: int
    in_sums: int
    with_fee: int
    decisions: tuple[DecisionId, ...]

    @property
    def payments(self) -> int:
        return len(self.decisions)


@dataclass(frozen=True, slots=True)
class LearntPosting:
    """The account and VAT code that a recurring text gets; `exceptions` counts what was decided otherwise."""

    posting: Posting
    exceptions: int
    decisions: tuple[DecisionId, ...]


@dataclass(frozen=True, slots=True)
class Learnt:
    """One client's facts, by account number, payer, text or counterparty.

    `accounts` and `payers` give every counterparty meant, the most frequent first; `texts` only those that never meant
    another.
    """

    accounts: Mapping[str, tuple[LearntParty, ...]] = field(default_factory=dict)
    payers: Mapping[str, tuple[LearntParty, ...]] = field(default_factory=dict)
    texts: Mapping[str, LearntParty] = field(default_factory=dict)
    habits: Mapping[str, Habit] = field(default_factory=dict)
    kid_layouts: tuple[KidLayout, ...] = ()
    postings: Mapping[str, LearntPosting] = field(default_factory=dict)

    @property
    def known_accounts(self) -> dict[str, frozenset[str]]:
        """The counterparties' names for each account that has paid for them."""
        return {account: frozenset(p.name for p in parties) for account, parties in self.accounts.items()}


def learn(examples: Iterable[Example], forgotten: Forgotten = NOTHING_FORGOTTEN) -> Learnt:
    """The order of the examples changes nothing."""
    ordered = sorted(examples, key=lambda e: e.decision)
    paid = [e for e in ordered if e.documents]
    own = [e for e in paid if len({d.counterparty_key for d, _ in e.documents}) <= _MOST_PAID_FOR]
    texts = _parties(own, _text_of, FactKind.TEXT, forgotten)
    return Learnt(
        accounts=_parties(own, _account_of, FactKind.ACCOUNT, forgotten),
        payers=_parties(own, _payer_of, FactKind.PAYER, forgotten),
        texts={text: found[0] for text, found in texts.items() if len(found) == 1},
        habits=_habits(own, forgotten),
        kid_layouts=layouts_of(
            sample
            for sample in _kid_samples(paid)
            if sample.decision > forgotten.get((FactKind.KID_LAYOUT, str(len(sample.kid))), 0)
        ),
        postings=_postings(ordered, forgotten),
    )


def _account_of(example: Example) -> str:
    account = example.line.counterparty_account
    return account_number_of(account) if account else ""


def _payer_of(example: Example) -> str:
    """Who paid, where the name is not the counterparty's own, whole or in part (banks drop company forms)."""
    payer = set(words_in(example.line.counterparty))
    own = (set(words_in(d.counterparty)) for d, _ in example.documents)
    return "" if any(payer <= name or name <= payer for name in own) else folded_name(example.line.counterparty)


def _text_of(example: Example) -> str:
    return " ".join(telling_words(example.line.text))


def _parties(
    examples: Sequence[Example], key_of: Callable[[Example], str], kind: FactKind, forgotten: Forgotten
) -> dict[str, tuple[LearntParty, ...]]:
    seen: dict[str, dict[str, list[DecisionId]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for example in examples:
        key = key_of(example)
        if not key or not _counts(example, kind, key, forgotten):
            continue
        for party in dict.fromkeys(d.counterparty_key for d, _ in example.documents):
            seen[key][party].append(example.decision)
        names.update((d.counterparty_key, d.counterparty) for d, _ in example.documents)
    return {
        key: tuple(
            LearntParty(party, names[party], tuple(decisions))
            for party, decisions in sorted(parties.items(), key=lambda p: (-len(p[1]), p[0]))
        )
        for key, parties in sorted(seen.items())
    }


def _counts(example: Example, kind: FactKind, key: str, forgotten: Forgotten) -> bool:
    return example.decision > forgotten.get((kind, key), 0)


def _habits(examples: Sequence[Example], forgotten: Forgotten) -> dict[str, Habit]:
    paid: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        for party in dict.fromkeys(d.counterparty_key for d, _ in example.documents):
            if _counts(example, FactKind.HABIT, party, forgotten):
                paid[party].append(example)
    return {party: _habit(party, mine) for party, mine in sorted(paid.items())}


def _habit(party: str, examples: Sequence[Example]) -> Habit:
    late = sorted(days for e in examples for days in _days_late(e, party))
    mine = [[d for d, _ in e.documents if d.counterparty_key == party] for e in examples]
    return Habit(
        name=mine[-1][0].counterparty,
        days_late=late[(len(late) - 1) // 2] if late else None,
        rounded=sum(_is_rounded(e) for e in examples),
        in_sums=sum(len(documents) > 1 for documents in mine),
        with_fee=sum(e.reason is DifferenceReason.FEE for e in examples),
        decisions=tuple(e.decision for e in examples),
    )


def _days_late(example: Example, party: str) -> Iterator[int]:
    booked = example.line.booking_date
    for document, _ in example.documents:
        if booked and document.due_date and document.counterparty_key == party:
            yield (booked - document.due_date).days


def _is_rounded(example: Example) -> bool:
    """To whole kroner, where the documents are not."""
    settled = sum(abs(amount) for _, amount in example.documents)
    return example.reason is DifferenceReason.ROUNDING or (
        example.line.amount % _WHOLE == 0 and settled % _WHOLE != 0 and example.reason is not DifferenceReason.CURRENCY
    )


def _kid_samples(examples: Sequence[Example]) -> Iterator[KidSample]:
    """The client's own KIDs are those on what it sends; where the books do not tell, what one invoice was paid with."""
    for example in examples:
        paid_with = example.line.kid if len(example.documents) == 1 else ""
        for document, _ in example.documents:
            kid = "".join((document.kid or paid_with).split())
            if document.side is Side.CUSTOMER and kid:
                yield KidSample(example.decision, kid, document.counterparty_number, document.number)


def _postings(examples: Sequence[Example], forgotten: Forgotten) -> dict[str, LearntPosting]:
    """What most decisions on a text said; one that ties the text to documents is an exception too."""
    decided: dict[str, list[tuple[Posting | None, DecisionId]]] = defaultdict(list)
    for example in examples:
        text = signature(example.line)
        if text and _counts(example, FactKind.POSTING, text, forgotten):
            decided[text].append((example.posting, example.decision))
    found: dict[str, LearntPosting] = {}
    for text, choices in sorted(decided.items()):
        often = Counter(posting for posting, _ in choices if posting is not None)
        if not often:
            continue
        posting = min(often, key=lambda p: (-often[p], p.account, p.vat_code))
        decisions = tuple(d for p, d in choices if p == posting)
        found[text] = LearntPosting(posting, len(choices) - len(decisions), decisions)
    return found
