"""What is learnt of a payment's text is what may be known again: not what any payment may say."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.text_words import signature, telling_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("19.06 kl. 12.40", ()),
        ("Overføring innland 23.03 kl. 15.45", ()),
        ("Betaling faktura 1132 tlf 40804366", ()),
        ("Takk", ()),
        ("Avtalt beløp ordre 1071", ()),
        ("TELENOR MOBIL januar", ("telenor", "mobil")),
        ("VISA VARE *4422 REMA 1000 OSLO", ("visa", "vare", "rema", "oslo")),
        ("Til: Grønn Auto DA KID: 1586518806132371", ("grønn", "auto")),
        ("Husleie kontor Ark.Ref 853103781", ("husleie", "kontor")),
    ],
)
def test_the_words_that_may_come_again(text: str, words: tuple[str, ...]) -> None:
    assert telling_words(text) == words


def test_a_text_that_tells_nothing_is_known_by_who_it_is_with() -> None:
    line = ReportedTransaction(
        BookingStatus.BOOKED, None, None, -100, counterparty="Kristiansen AS", text="19.06 kl. 12"
    )
    assert signature(line) == "kristiansen"
