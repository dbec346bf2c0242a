"""How the company pays its suppliers, one way a function."""

from __future__ import annotations

from datetime import date

from kontali_desktop.domain.documents import DocumentKind, OpenItem
from tests.benchmarks.matching import words
from tests.benchmarks.matching.company import Company, Party
from tests.benchmarks.matching.incoming import Way
from tests.benchmarks.matching.truth import Truth


def _truth(scenario: str, item: OpenItem, *, told: bool) -> Truth:
    return Truth(scenario, {item.id: item.amount if item.kind is DocumentKind.INVOICE else -item.amount}, told)


def by_kid(company: Company, party: Party, item: OpenItem, day: date) -> None:
    text = company.rng.choice(words.OUT_KID).format(p=party.name, k=item.kid)
    name = company.scribe.name(party.name) if company.rng.random() < 0.6 else ""
    account = party.account if company.rng.random() < 0.3 else ""
    company.pay(
        day, -item.amount, _truth("out_kid", item, told=True), name=name, kid=item.kid, text=text, party_account=account
    )


def by_number(company: Company, party: Party, item: OpenItem, day: date) -> None:
    text = company.rng.choice(words.OUT_NUMBER).format(n=item.number)
    name = company.scribe.name(party.name) if company.rng.random() < 0.75 else ""
    company.pay(day, -item.amount, _truth("out_number", item, told=True), name=name, text=text)


def by_name(company: Company, party: Party, item: OpenItem, day: date) -> None:
    account = party.account if company.rng.random() < 0.3 else ""
    name = company.scribe.name(party.name) if not account or company.rng.random() < 0.7 else ""
    text = company.rng.choice(words.NO_NUMBER)
    company.pay(day, -item.amount, _truth("out_name", item, told=False), name=name, text=text, party_account=account)


def by_card(company: Company, party: Party, item: OpenItem, day: date) -> None:
    amount = f"{item.amount // 100},{item.amount % 100:02}"
    name = company.scribe.folded(party.name).upper() if company.rng.random() < 0.6 else party.name
    text = company.scribe.fill(company.rng.choice(words.OUT_CARD), p=name, a=amount)
    company.pay(day, -item.amount, _truth("out_card", item, told=False), text=text)


def in_currency(company: Company, party: Party, item: OpenItem, day: date, sign: int = -1) -> None:
    rate = company.rate(item.currency, day) * (1 + company.rng.uniform(-0.004, 0.004))
    told = company.rng.random() < 0.88
    pattern = company.rng.choice(words.CURRENCY_TEXT if told else words.CURRENCY_SILENT)
    stated = f"{item.amount // 100}{company.rng.choice('.,')}{item.amount % 100:02}"
    text = pattern.format(cur=item.currency, a=stated, r=f"{rate:.4f}", n=item.number)
    name = company.scribe.name(party.name) if "{n}" not in pattern or company.rng.random() < 0.8 else ""
    truth = _truth("currency" if told else "currency_silent", item, told="{n}" in pattern)
    company.pay(day, sign * round(item.amount * rate), truth, name=name, text=text)


WAYS: dict[str, Way] = {"out_kid": by_kid, "out_number": by_number, "out_name": by_name, "out_card": by_card}
WEIGHTS = {"out_kid": 48.0, "out_number": 24.0, "out_name": 10.0, "out_card": 6.0, "unpaid": 8.0, "remitted": 12.0}
