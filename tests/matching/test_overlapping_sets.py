"""Sets that share documents stand against one another also after one of them is taken."""

from __future__ import annotations

import math

import pytest

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.matching.assignment import Contest
from kontali_desktop.matching.calibration import Calibration
from kontali_desktop.matching.evidence import no_document_score
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Index
from kontali_desktop.matching.reading import Reading, read_transaction
from kontali_desktop.matching.request import MatchRequest
from tests.matching.worlds import item, payment

_EACH = 10_000
_PAIR = 2


def _index() -> Index:
    request = MatchRequest((), tuple(item(str(1_000 + n), _EACH) for n in range(4)))
    return Index(request.open_items, request.known_accounts, request.learnt)


def _reading(index: Index, tid: int) -> Reading:
    return read_transaction(payment(_PAIR * _EACH, tid=tid), index)


def _pair(first: int, score: float) -> Hypothesis:
    parts = ((first, _EACH), (first + 1, _EACH))
    return Hypothesis(parts, (Evidence("number", score),))


def test_the_set_taken_is_no_surer_for_sharing_a_document_with_the_other() -> None:
    index = _index()
    contest, reading = Contest(index, Calibration()), _reading(index, 1)
    score = no_document_score(index) + 20
    contest.run([reading], {reading.id: [_pair(0, score), _pair(1, score - 1)]})
    best, other = contest.ranked(reading.id)
    assert best.hypothesis.places == (0, 1)
    assert best.confidence == pytest.approx(math.e / (math.e + 1), abs=0.001)
    assert other.confidence == pytest.approx(1 / (math.e + 1), abs=0.001)


def test_what_another_line_surely_holds_is_out_of_the_question() -> None:
    index = _index()
    contest, mine, theirs = Contest(index, Calibration()), _reading(index, 1), _reading(index, 2)
    score = no_document_score(index) + 20
    contest.run([mine, theirs], {mine.id: [_pair(0, score), _pair(1, score - 1)], theirs.id: [_pair(2, score)]})
    assert contest.chosen[TransactionId(1)].hypothesis.places == (0, 1)
    assert contest.ranked(mine.id)[0].confidence > 0.99
