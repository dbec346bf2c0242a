"""A text that names what another payment has settled: the document left over is proposed, but never as sure."""

from __future__ import annotations

from dataclasses import replace

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.matching.request import MatchRequest
from tests.matching.worlds import NAMES, item, numbers, payment

_CROWD = tuple(item(str(20_000 + n), 300_000 + n * 777, counterparty=NAMES[2 + n % 3]) for n in range(40))
_PAID, _OPEN = item("10234", open_amount=0, kid="102347"), item("10299", kid="102998")
_SURE = 0.95


def _best(line: BankTransaction, paid: OpenItem = _PAID, *, here: bool) -> Proposal:
    paid_here = frozenset({paid.id}) if here else frozenset[DocumentId]()
    request = MatchRequest((line,), (_OPEN, *_CROWD), (paid,), paid_here=paid_here)
    return propose(request)[0].proposals[0]


def test_its_number_is_of_what_was_paid_here() -> None:
    line = payment(counterparty=NAMES[0], text="10234")
    best = _best(line, here=True)
    assert best.confidence < _SURE
    assert {e.facts["number"] for e in best.evidence if e.signal == "names_paid"} == {"10234"}


def test_its_kid_is_of_what_was_paid_here() -> None:
    line = payment(counterparty=NAMES[0], kid="102347")
    best = _best(line, here=True)
    assert (numbers(best), best.confidence < _SURE) == (["10299"], True)


def test_an_old_kid_of_another_amount_is_only_used_again() -> None:
    line = payment(counterparty=NAMES[0], kid="102347")
    cheaper = replace(_PAID, amount=_PAID.amount - 1_000)
    assert (numbers(_best(line, cheaper, here=True)), _best(line, cheaper, here=True).confidence > _SURE) == (
        ["10299"],
        True,
    )


def test_its_own_kid_settles_the_matter() -> None:
    line = payment(counterparty=NAMES[0], kid="102998", text="10234")
    best = _best(line, here=True)
    assert (numbers(best), best.confidence > _SURE) == (["10299"], True)


def test_what_is_paid_between_two_looks_is_seen() -> None:
    line = payment(counterparty=NAMES[0], kid="102347")
    open_still = replace(_PAID, open_amount=_PAID.amount)
    before = MatchRequest((line,), (open_still, _OPEN, *_CROWD))
    after = MatchRequest((line,), (_OPEN, *_CROWD), (_PAID,), paid_here=frozenset({_PAID.id}))
    matcher = Matcher()
    matcher.propose(before)
    assert matcher.propose(after) == propose(after)
