"""Books that are hard on purpose end in time, and nothing in them is taken that is one of many."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kontali_desktop.matching.request import MatchRequest
from tests.benchmarks.matching.hostile import CASES, measure, names_in_texts, one_customer

_SIZE = 240
_MOST_SECONDS = 20.0  # processor time, on any machine; what grows with the square takes more
# Which of one customer's equal invoices it is makes no difference, and a whole name in a text tells.
_TAKEN: dict[Callable[[int], MatchRequest], int] = {one_customer: 10, names_in_texts: 231}


@pytest.mark.parametrize("case", CASES)
def test_hard_books_end_in_time(case: Callable[[int], MatchRequest]) -> None:
    seconds, taken, _ = measure(case(_SIZE))
    assert seconds < _MOST_SECONDS
    assert taken == _TAKEN.get(case, 0)
