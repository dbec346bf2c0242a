"""Bank lines as they were read, found again by what they say; so a change finds those that it may concern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.matching.candidates import stated_payments
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.names import parse_name, prefixes_of, words_of
from kontali_desktop.matching.reading import Reading
from kontali_desktop.matching.remittances import Due, could_be_remittance, says_remittance
from kontali_desktop.matching.settlements import says_settlement
from kontali_desktop.matching.touched import Touched, text_of

_Said = tuple[str, object]
_UNKNOWN_KID: _Said = ("unknown kid", "")
_CUT: _Said = ("cut", "")


@dataclass(frozen=True, slots=True)
class Later:
    """What a later round found beside a line's first documents, both together, and how sure the best of them is."""

    first: list[Hypothesis]
    found: list[Hypothesis]
    both: list[Hypothesis]
    sureness: float


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found, and all that bears on it but the line itself."""

    among: object
    found: list[Hypothesis]


@dataclass(slots=True, eq=False)
class Line:
    """`first` are the documents it names and the single ones that fit, the best first; None until they are weighed.

    `sum_line` is the bank line of which it is a part.
    """

    transaction: BankTransaction
    reading: Reading
    is_told: bool
    sum_line: TransactionId | None = None
    first: list[Hypothesis] | None = None
    sureness: float | None = None  # None until it is asked
    later: dict[int, Later] = field(default_factory=dict)  # by round
    due: Due | None = None  # what a remittance was looked for among
    sums: Searched | None = None
    by_rate: Searched | None = None
    owing: tuple[int, ...] | None = None  # whose documents it may pay in instalments; None until it is asked
    _may_remit: bool | None = None
    is_payout: bool = field(init=False)
    is_remittance: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_payout = says_settlement(self.reading)
        self.is_remittance = says_remittance(self.reading)

    @property
    def id(self) -> TransactionId:
        return self.reading.id

    @property
    def is_part(self) -> bool:
        return self.sum_line is not None

    @property
    def is_settling(self) -> bool:
        return self.is_payout and not self.is_part

    @property
    def may_remit(self) -> bool:
        if self._may_remit is None:
            self._may_remit = not self.is_part and could_be_remittance(self.reading)
        return self._may_remit

    @property
    def is_single(self) -> bool:
        """Whether it pays documents that it names, not just any that make a sum."""
        return self.is_part or not (self.is_payout or self.is_remittance)


class Lines:
    """All lines by id. What they say is laid out once someone asks for it, and kept from then on."""

    def __init__(self) -> None:
        self.by_id: dict[TransactionId, Line] = {}
        self._saying: dict[_Said, set[TransactionId]] | None = None

    def put(self, line: Line) -> None:
        self.by_id[line.id] = line
        if self._saying is not None:
            for said in _said_by(line.reading):
                self._saying[said].add(line.id)

    def drop(self, tid: TransactionId) -> Line | None:
        line = self.by_id.pop(tid, None)
        if line is not None and self._saying is not None:
            for said in _said_by(line.reading):
                self._saying[said].discard(tid)
        return line

    def lay_out(self) -> dict[_Said, set[TransactionId]]:
        if self._saying is None:
            self._saying = defaultdict(set)
            for line in self.by_id.values():
                for said in _said_by(line.reading):
                    self._saying[said].add(line.id)
        return self._saying

    def read_otherwise(self, touched: Touched) -> set[TransactionId]:
        """Those that may refer to other documents or counterparties than before."""
        said: list[_Said] = [("party", p) for p in touched.parties]
        said += [("place", p) for p in touched.places]
        said += [("account", a) for a in touched.accounts]
        said += [("payer", p) for p in touched.payers]
        said += [("text", t) for t in touched.texts]
        said += [("prefix", p) for p in touched.prefixes]
        said += [("word", w) for w in touched.first_words]
        said += [_CUT] if touched.places else []  # any document may be what the text would have gone on to name
        found = self._find([*said, _UNKNOWN_KID] if touched.unknown_kids else said)
        if touched.has_returned:
            found.update(t for t, line in self.by_id.items() if touched.names_returned(line.reading))
        return found

    def of_amounts(self, amounts: Iterable[tuple[str, int]]) -> set[TransactionId]:
        return self._find(("amount", amount) for amount in amounts)

    def of_numbers(self, amounts: Iterable[int]) -> set[TransactionId]:
        """Of these amounts in whatever currency."""
        return self._find(("number", amount) for amount in amounts)

    def _find(self, said: Iterable[_Said]) -> set[TransactionId]:
        saying = self.lay_out()
        return set().union(*(saying[s] for s in said if s in saying))


def _said_by(reading: Reading) -> Iterator[_Said]:
    yield "amount", (reading.currency, reading.amount)
    yield "number", reading.amount
    for payment in stated_payments(reading) if reading.text.stated else ():
        yield "amount", payment
    if reading.tail is not None:
        yield _CUT
    for party in reading.parties:
        yield "party", party
    for place in reading.references:
        yield "place", place
    if reading.has_unknown_kid:
        yield _UNKNOWN_KID
    if reading.account:
        yield "account", reading.account
    if reading.name:
        yield "payer", folded_name(reading.name)
        for prefix in prefixes_of(parse_name(reading.name)):
            yield "prefix", prefix
    else:
        for word in words_of(reading.words):
            yield "word", word
    yield "text", text_of(reading)
