"""Single documents that a transaction may settle, each weighed by everything that speaks for and against it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.matching import evidence as ev
from kontali_desktop.matching.differences import explain
from kontali_desktop.matching.evidence import unit
from kontali_desktop.matching.habits import NO_HABIT
from kontali_desktop.matching.hypothesis import Hypothesis
from kontali_desktop.matching.index import Entry, Index
from kontali_desktop.matching.reading import Reading

_MOST_ALIKE = 40
_MOST_OF_A_PARTY = 150
_MOST_NAMED = 60
_MOST_WEIGHED = 200
_LISTED = 10
_EXPLAINED = {
    DifferenceReason.ROUNDING: "rounding",
    DifferenceReason.FEE: "fee",
    DifferenceReason.REMINDER: "reminder",
    DifferenceReason.INTEREST: "interest",
    DifferenceReason.DISCOUNT: "discount",
}
_PART_WEIGHT, _PART_SAID_WEIGHT, _EQUAL_PART_WEIGHT = -3.0, -0.5, 4.0
_TINY_SHARE, _TINY_PART_WEIGHT = 20, -3.0
_PART_DATE_LEAST = -0.5  # instalments go on long after the due date
_OVERPAID_WEIGHT = -6.0
_STATED_WEIGHT, _UNSTATED_WEIGHT = 6.0, 0.0
_EQUAL_PARTS = (2, 3, 4)
_COMPETING_WEIGHT = -2.0
_NEAR = 30_000  # fees and reminders
_HUNDREDTHS = 100
_CHEAPEST, _DEAREST = 0.02, 40.0  # what a rate can be at all: one yen, one pound
_POSSIBLE = {  # with a wide margin on both sides of the last ten years
    ("NOK", "EUR"): (8.5, 14.0),
    ("NOK", "USD"): (7.0, 13.0),
    ("NOK", "GBP"): (10.0, 17.0),
    ("NOK", "SEK"): (0.8, 1.3),
    ("NOK", "DKK"): (1.1, 1.9),
}

_OF_UNKNOWN_KID = frozenset({"kid_typo", "kid_layout"})

Crowded = dict[tuple[int, int], int]  # (party, amount) paid more often than it is owed, with how often


def single_documents(reading: Reading, index: Index, crowded: Crowded) -> list[Hypothesis]:
    """Candidates by reference, by counterparty and by amount. Never more than two hundred are weighed."""
    found: list[Hypothesis] = []
    for place, unlisted in islice(_places(reading, index), _MOST_WEIGHED):
        entry = index.entries[place]
        hypothesis = weigh(reading, entry, index, unlisted)
        if hypothesis is None:
            continue
        often = crowded.get((entry.party, reading.amount), 0)
        if often and place not in reading.references:
            sign = Evidence("competing_payments", _COMPETING_WEIGHT, {"payments": str(often)})
            hypothesis = replace(hypothesis, evidence=(*hypothesis.evidence, sign))
        found.append(hypothesis)
    return found


def _places(reading: Reading, index: Index) -> Iterator[tuple[int, int]]:
    seen = set(reading.references)
    for place in _named(reading, index):
        yield place, 0
    if _is_told_by_kid(reading, index):
        return
    for party in reading.parties:
        fitting = [
            p
            for p in index.by_party[party][-_MOST_OF_A_PARTY:]
            if p not in seen and _may_fit(reading, index.entries[p])
        ]
        seen.update(fitting)
        unlisted = len(fitting) - _LISTED if len(fitting) > _MOST_ALIKE else 0
        for place in fitting[:_LISTED] if unlisted else fitting:
            yield place, unlisted
    for place in sorted(_with_stated_amount(reading, index) - seen):
        seen.add(place)
        yield place, 0
    if not _says_enough_by_amount(reading, index):
        return
    alike = [p for p in index.by_amount.get((reading.currency, reading.amount), ()) if p not in seen]
    unlisted = len(alike) - _LISTED if len(alike) > _MOST_ALIKE else 0
    for place in alike[:_LISTED] if unlisted else alike:
        yield place, unlisted


def _with_stated_amount(reading: Reading, index: Index) -> set[int]:
    """Documents of just an amount that the text states in another currency, unless many have it."""
    found: set[int] = set()
    for payment in stated_payments(reading) if reading.text.stated else ():
        places = index.by_amount.get(payment, ())
        found.update(places if len(places) <= _MOST_ALIKE else ())
    return found


def stated_payments(reading: Reading) -> set[tuple[str, int]]:
    """What the text says was paid in other currencies, with the sign of what was paid in this one."""
    sign = 1 if reading.amount > 0 else -1
    return {(c, sign * minor) for c, minor in _stated(reading) if c != reading.currency}


def _stated(reading: Reading) -> Iterator[tuple[str, int]]:
    """Amounts that the text states, in each currency's own minor units; they are read with two decimals."""
    for currency, plain in reading.text.stated:
        yield currency, int(plain.replace(".", "")) * unit(currency) // _HUNDREDTHS


def _named(reading: Reading, index: Index) -> list[int]:
    """Where a text names very many, only those of the payment's own amount can be all that it pays."""
    named = sorted(reading.references)
    if len(named) <= _MOST_NAMED:
        return named
    return [p for p in named if index.entries[p].signed == reading.amount][:_LISTED]


def _says_enough_by_amount(reading: Reading, index: Index) -> bool:
    """Whether this amount alone could stand against a payer's name that is not the document's."""
    weight = -math.log(ev.chance_of_amount(index, reading.currency, reading.amount))
    if reading.parties:
        weight += ev.OTHER_KNOWN_NAME_WEIGHT
    elif reading.name:
        weight += ev.OTHER_NAME_WEIGHT
    return weight + ev.MOST_DATE_WEIGHT >= ev.no_document_score(index) - ev.HOPELESS_BY


def _is_told_by_kid(reading: Reading, index: Index) -> bool:
    """A KID whose document has this very amount needs no other candidates."""
    return bool(reading.kid) and any(
        sign.signal == "kid" and index.entries[place].signed == reading.amount
        for place, sign in reading.references.items()
    )


def _may_fit(reading: Reading, entry: Entry) -> bool:
    """A quick look, before weighing, at whether the amount can be this document's or an even part of it."""
    if entry.item.currency != reading.currency:
        return True
    paid, owed = abs(reading.amount), entry.item.open_amount
    if reading.text.is_instalment and paid < owed:
        return True
    if abs(paid - owed) <= _NEAR + owed // 8:
        return True
    return paid < owed and any(abs(paid * n - owed) <= n for n in _EQUAL_PARTS)


def weigh(reading: Reading, entry: Entry, index: Index, unlisted: int = 0) -> Hypothesis | None:
    """None where the direction is wrong, or nothing but a similar amount speaks for it."""
    if entry.signed * reading.amount <= 0:
        return None
    signs = circumstances(reading, entry, index)
    if entry.item.currency != reading.currency:
        return _in_currency(reading, entry, index, signs)
    return _in_same_currency(reading, entry, index, signs, unlisted)


def circumstances(reading: Reading, entry: Entry, index: Index) -> list[Evidence]:
    """What the transaction says about this document, amounts apart."""
    signs: list[Evidence] = []
    reference = reading.references.get(entry.place)
    if reference:
        signs.append(reference)
    elif reading.has_unknown_number and not reading.references:
        signs.append(Evidence("other_number", ev.OTHER_NUMBER_WEIGHT))
    elif entry.party in reading.kid_parties and abs(reading.amount) == entry.item.open_amount:
        kid = reading.kid_parties[entry.party]
        less = 0.0 if kid == reading.kid else ev.KID_WEIGHT - ev.KID_IN_TEXT_WEIGHT
        facts = {"kid": kid, "ours": entry.item.counterparty}
        signs.append(Evidence("kid_counterparty", round(ev.name_weight(index) - less, 4), facts))
    elif reading.has_reference:
        weight = ev.STRAY_NUMBER_WEIGHT if _is_stray(reading, index) else ev.OTHER_NUMBER_WEIGHT
        signs.append(Evidence("other_reference", weight))
    if reading.has_unknown_kid and not (reference and reference.signal in _OF_UNKNOWN_KID):
        signs.append(Evidence("other_kid", ev.OTHER_KID_WEIGHT))
    signs += _party_signs(reading, entry)
    when = ev.date_evidence(reading.booked, entry, index)
    if when:
        signs.append(when)
    if reading.text.has_other_purpose and not ev.has_reference(signs):
        signs.append(Evidence("other_purpose", ev.OTHER_PURPOSE_WEIGHT))
    return signs


def _is_stray(reading: Reading, index: Index) -> bool:
    """Whether the numbers in the text are of documents that fit neither the payer nor the amount."""
    entries = [index.entries[p] for p in reading.references]
    is_kid = any(s.signal in ("kid", "kid_in_text") for s in reading.references.values())
    return (
        bool(reading.parties)
        and not is_kid
        and all(e.party not in reading.parties and e.signed != reading.amount for e in entries)
    )


def _party_signs(reading: Reading, entry: Entry) -> list[Evidence]:
    party = reading.parties.get(entry.party)
    if party:
        return list(party.evidence)
    facts = {"ours": entry.item.counterparty, "theirs": reading.name}
    if reading.parties:
        return [Evidence("other_counterparty", ev.OTHER_KNOWN_NAME_WEIGHT, facts)]
    if reading.name:
        return [Evidence("other_counterparty", ev.OTHER_NAME_WEIGHT, facts)]
    return []


def _untold_party(reading: Reading, entry: Entry, index: Index) -> int:
    """The counterparty where nothing tells this document from its others: no reference, or a KID that they share."""
    reference = reading.references.get(entry.place)
    if reference is None:
        return entry.party
    kid = reference.facts.get("kid", "") if reference.signal in ("kid", "kid_in_text") else ""
    return entry.party if kid and len(index.by_kid[kid]) > 1 else -1


def _in_same_currency(
    reading: Reading, entry: Entry, index: Index, signs: list[Evidence], unlisted: int
) -> Hypothesis | None:
    paid, owed, currency = abs(reading.amount), entry.item.open_amount, entry.item.currency
    if paid == owed:
        signs.append(ev.amount_evidence(index, entry))
        return Hypothesis(
            ((entry.place, owed),), tuple(signs), party=_untold_party(reading, entry, index), unlisted=unlisted
        )
    told = entry.place in reading.references or entry.party in reading.parties
    if not told:
        return None
    if reading.tail is not None:
        signs.append(Evidence("other_number", ev.CUT_LIST_WEIGHT))
    sign = 1 if reading.amount > 0 else -1
    why = None if reading.text.is_instalment else explain(paid, owed, currency, reading.booked, entry.item.due_date)
    if why:
        difference = sign * (paid - owed)
        weight = why.weight + _as_usual(entry, why.reason, index)
        signs.append(ev.difference_evidence(_EXPLAINED[why.reason], weight, difference, currency))
        return Hypothesis(
            ((entry.place, owed),), tuple(signs), difference, why.reason, party=_untold_party(reading, entry, index)
        )
    if paid < owed:
        signs = [*patient(signs), _part_evidence(reading, paid, owed, currency)]
        party = _untold_party(reading, entry, index)
        return Hypothesis(((entry.place, paid),), tuple(signs), party=party, is_whole=False)
    if entry.place not in reading.references:
        return None
    difference = sign * (paid - owed)
    signs.append(ev.difference_evidence("overpayment", _OVERPAID_WEIGHT, difference, currency))
    return Hypothesis(
        ((entry.place, owed),),
        tuple(signs),
        difference,
        DifferenceReason.OVERPAYMENT,
        party=_untold_party(reading, entry, index),
    )


def _as_usual(entry: Entry, reason: DifferenceReason, index: Index) -> float:
    """What it adds that this counterparty often, or never, pays so."""
    habit = index.habits.get(entry.party, NO_HABIT)
    if reason is DifferenceReason.ROUNDING:
        return habit.rounded
    return habit.with_fee if reason is DifferenceReason.FEE else 0.0


def patient(signs: Sequence[Evidence]) -> list[Evidence]:
    """The same signs, a late date held less against a part of a document."""
    return [
        replace(e, weight=_PART_DATE_LEAST) if e.signal == "date" and e.weight < _PART_DATE_LEAST else e for e in signs
    ]


def _part_evidence(reading: Reading, paid: int, owed: int, currency: str) -> Evidence:
    weight = _PART_SAID_WEIGHT if reading.text.is_instalment else _PART_WEIGHT
    if paid * _TINY_SHARE < owed:
        weight += _TINY_PART_WEIGHT
    if any(abs(paid * n - owed) <= n for n in _EQUAL_PARTS):
        weight += _EQUAL_PART_WEIGHT
    facts = {"amount": plain_amount(paid, currency), "of": plain_amount(owed, currency), "currency": currency}
    return Evidence("part_payment", weight, facts)


def _in_currency(reading: Reading, entry: Entry, index: Index, signs: list[Evidence]) -> Hypothesis | None:
    """Another currency: told by an amount or a rate in the text, or by the document's number and a rate that can be."""
    item = entry.item
    rate = rate_between(reading, entry)
    if not is_possible_rate(reading.currency, item.currency, rate):
        return None
    mine = plain_amount(item.open_amount, item.currency)
    facts = {"rate": f"{rate:.4f}", "currency": item.currency}
    if (item.currency, item.open_amount) in _stated(reading):
        often = ev.chance_of_amount(index, item.currency, entry.signed)
        weight = round(max(_STATED_WEIGHT, -math.log(often)), 4)
        signs.append(Evidence("stated_amount", weight, {"amount": mine, "currency": item.currency}))
    elif _states_another(reading, item.currency):
        return None
    elif _states_rate(reading, entry):
        signs.append(Evidence("stated_rate", _STATED_WEIGHT, facts))
    elif entry.place in reading.references:
        signs.append(Evidence("rate", _UNSTATED_WEIGHT, facts))
    else:
        return None
    return Hypothesis(
        ((entry.place, item.open_amount),),
        tuple(signs),
        0,
        DifferenceReason.CURRENCY,
        party=_untold_party(reading, entry, index),
    )


def is_possible_rate(ours: str, theirs: str, rate: float) -> bool:
    cheapest, dearest = _POSSIBLE.get((ours, theirs), (_CHEAPEST, _DEAREST))
    return cheapest <= rate <= dearest


def _states_another(reading: Reading, currency: str) -> bool:
    """Whether the text states an amount in that currency that this payment can be; "1 EUR = 11.40" is none."""
    ours, paid = reading.currency, abs(reading.amount)
    amounts = (minor for code, minor in _stated(reading) if code == currency and minor)
    return any(is_possible_rate(ours, currency, _rate(paid, ours, minor, currency)) for minor in amounts)


def _states_rate(reading: Reading, entry: Entry) -> bool:
    """Whether a rate in the text makes the document's amount into just what was paid."""
    paid, owed = abs(reading.amount), entry.item.open_amount
    scale = unit(reading.currency) / unit(entry.item.currency)
    return any(abs(paid - owed * scale * rate) <= 1 + owed * scale * slack for rate, slack in reading.text.rates)


def rate_between(reading: Reading, entry: Entry) -> float:
    """What one unit of the document's currency cost, in the payment's."""
    return _rate(abs(reading.amount), reading.currency, entry.item.open_amount, entry.item.currency)


def _rate(ours: int, our_currency: str, theirs: int, their_currency: str) -> float:
    return (ours / unit(our_currency)) / (theirs / unit(their_currency))
