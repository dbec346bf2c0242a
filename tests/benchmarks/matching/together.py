"""Payments of several documents at once: sums, one payer for two companies, payouts of providers, remittances."""

from __future__ import annotations

from datetime import date, timedelta

from kontali_desktop.domain.documents import OpenItem
from tests.benchmarks.matching import words
from tests.benchmarks.matching.company import Company, Party
from tests.benchmarks.matching.truth import Truth


def _truth(scenario: str, items: list[OpenItem], *, told: bool) -> Truth:
    return Truth(scenario, {i.id: i.amount for i in items}, told)


def pay_sum(company: Company, party: Party, items: list[OpenItem], day: date) -> None:
    told = company.rng.random() < 0.65
    numbers = [i.number for i in items]
    run = _range_of(numbers) if company.rng.random() < 0.3 else ""
    text = run or company.scribe.joined(numbers)
    words_of = company.rng.choice(words.MANY_NUMBERS).format(ns=text) if told else company.rng.choice(words.NO_NUMBER)
    name = company.scribe.name(party.name)
    company.pay(day, sum(i.amount for i in items), _truth("sum", items, told=told), name=name, text=words_of)


def _range_of(numbers: list[str]) -> str:
    """First to last, where they follow one another."""
    if not all(n.isdigit() for n in numbers):
        return ""
    values = [int(n) for n in numbers]
    return (
        f"{values[0]}-{values[-1]}"
        if values == list(range(values[0], values[0] + len(values))) and len(values) > 2
        else ""
    )


def pay_for_two(company: Company, payer: Party, items: list[OpenItem], day: date) -> None:
    numbers = company.scribe.joined([i.number for i in items])
    text = company.rng.choice(words.MANY_NUMBERS).format(ns=numbers)
    truth = _truth("two_companies", items, told=True)
    company.pay(day, sum(i.amount for i in items), truth, name=company.scribe.name(payer.name), text=text)


def pay_out(company: Company, items: list[OpenItem]) -> None:
    """Runs of invoices in the order they were written, less what the provider takes."""
    rng = company.rng
    terms = [
        (p, rng.choice((0.0095, 0.0125, 0.0149, 0.0175, 0.024, 0.0279, 0.0299)), rng.choice((0, 0, 0, 100, 180)))
        for p in rng.sample(words.PROVIDERS, 3)
    ]
    place = 0
    while place < len(items):
        count = rng.choice((1, 1, 2, 3, 3, 4, 5, 6))
        chunk = items[place : place + count]
        place += count
        first = chunk[0].issue_date
        chunk = [i for i in chunk if i.issue_date and first and (i.issue_date - first).days <= 5]
        if len(chunk) > 2 and rng.random() < 0.06:
            chunk.pop(1)  # this one came by itself, or was never paid
        _payout(company, chunk, rng.choice(terms))


def _payout(company: Company, items: list[OpenItem], terms: tuple[tuple[str, str], float, int]) -> None:
    rng, ((name, short), share, each) = company.rng, terms
    gross = sum(i.amount for i in items)
    net = gross - round(gross * share) - each * len(items)
    last = max(i.issue_date for i in items if i.issue_date)
    told = rng.random() < 0.4
    pattern = rng.choice(words.PAYOUT_ORDERS if told else words.PAYOUT_TEXT)
    numbers = ", ".join(i.number for i in items)
    text = company.scribe.fill(pattern, p=name, P=short, ns=numbers)
    has_name = rng.random() < 0.7 or short not in text
    company.pay(
        last + timedelta(days=rng.choice((1, 1, 2, 2, 3, 4))),
        net,
        _truth("settlement_told" if told else "settlement", items, told=told),
        name=name if has_name else "",
        text=text,
    )


def remit(company: Company, items: list[OpenItem], day: date) -> None:
    text = company.scribe.fill(company.rng.choice(words.OUT_BATCH), c=str(len(items)))
    company.pay(day, -sum(i.amount for i in items), _truth("remittance", items, told=False), text=text)
