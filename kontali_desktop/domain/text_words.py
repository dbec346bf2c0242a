"""What stays the same in a payment's text from time to time: its words, without numbers, months and filler."""

from __future__ import annotations

import re

from kontali_desktop.domain.bank import ReportedTransaction

_WORD = re.compile(r"[^\W_]+")
_MONTH_LIST = """januar jan februar feb mars mar april apr mai juni jun juli jul august aug september sept sep
    oktober okt november nov desember des january february march may june july october oct december dec"""
# What any payment may say: of what it pays, how it went, what a number behind it is, and kind regards.
_FILLER_LIST = """faktura fakt fak fakturanr fakturanummer fakturaer invoice invoices inv kid nr no ref referanse
    betaling betalt payment vedr vedrørende gjelder for til fra from to og and av of the paid innbetaling utbetaling
    delbetaling restbetaling beløp avtalt amount kreditnota kreditnotaer purring nok kroner
    overføring kontooverføring giro nettgiro bankgiro avtalegiro efaktura nettbank mobilbank straksbetaling innland
    utland innenlands utenlands transfer domestic abroad
    klokken klokka tlf telefonnr ordre ordrenr ordrenummer order ark arkref kundenr kundenummer
    takk hilsen mvh vennlig hei thanks thank you regards"""
_SHORTEST = 3  # letters: two are a company's form or a label (AS, kl), and stand in any text
_MONTHS = frozenset(_MONTH_LIST.split())
_FILLER = frozenset(_FILLER_LIST.split())


def words_in(text: str) -> tuple[str, ...]:
    """Every word and number of a text, in lower case and in order."""
    return tuple(_WORD.findall(text.casefold()))


def telling_words(text: str) -> tuple[str, ...]:
    """The words that may come again next time: no digits in them, no month, nothing short, nothing that any may say."""
    return tuple(
        word
        for word in words_in(text)
        if len(word) >= _SHORTEST and not any(c.isdigit() for c in word) and word not in _MONTHS and word not in _FILLER
    )


def signature(line: ReportedTransaction) -> str:
    """By what a payment's text is known again next time, the counterparty's name where it has none; may be empty."""
    return " ".join(telling_words(line.text) or telling_words(line.counterparty))
