"""Making a company: its invoices through the months, each paid in one of the regime's ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kontali_desktop.domain.documents import DocumentKind, OpenItem, Side
from tests.benchmarks.matching import incoming, others, outgoing, together
from tests.benchmarks.matching.company import START, Company, Party, invoice_of
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.truth import Made


def make(regime: str, seed: int, size: int = 400, paid_by_another: int = 0) -> Made:
    """`size` is about the number of documents; equal arguments make equal companies."""
    company = Company(REGIMES[regime], seed, size, paid_by_another)
    supplied = int(size * company.regime.supplier_share)
    to_pay = _write(company, company.customers, Side.CUSTOMER, size - supplied)
    to_settle = [
        (p, i) for p, i in to_pay if i.currency == "NOK" and company.rng.random() < company.regime.settled_share
    ]
    settled = {i.id for _, i in to_settle}
    together.pay_out(company, [i for _, i in to_settle])
    _receive(company, [(p, i) for p, i in to_pay if i.id not in settled])
    _pay(company, _write(company, company.suppliers, Side.SUPPLIER, supplied))
    others.daily(company)
    others.known_parties(company)
    others.transfers(company)
    return company.finish()


def _write(company: Company, parties: list[Party], side: Side, count: int) -> list[tuple[Party, OpenItem]]:
    rng, found = company.rng, []
    days = sorted(rng.randrange(company.days) for _ in range(count))
    for day in days:
        party = rng.choice(parties) if rng.random() < 0.7 else parties[int(len(parties) * rng.random() ** 2)]
        issued = START + timedelta(days=day)
        item = invoice_of(company, party, side, issued, kind=DocumentKind.INVOICE, amount=company.amount())
        if not _has_kids(company, side):
            company.items[-1] = item = replace(item, kid="")
        found.append((party, item))
    return found


def _has_kids(company: Company, side: Side) -> bool:
    if side is Side.CUSTOMER:
        return "kid" in company.regime.ways
    return company.rng.random() < 0.8


def _day(company: Company, party: Party, item: OpenItem) -> date:
    due = item.due_date or START
    late = round(company.rng.gauss(party.lateness, 4))
    if company.rng.random() < 0.05:
        late += company.rng.randrange(15, 70)
    return max(due + timedelta(days=late), (item.issue_date or due) + timedelta(days=1))


def _receive(company: Company, to_pay: list[tuple[Party, OpenItem]]) -> None:
    weights = company.regime.weights
    ways, shares = list(weights), list(weights.values())
    waiting: dict[str, list[tuple[Party, OpenItem]]] = {}
    strangers: list[tuple[Party, OpenItem]] = []
    for party, item in to_pay:
        day = _day(company, party, item)
        way = company.rng.choices(ways, shares)[0]
        if item.currency != "NOK":
            outgoing.in_currency(company, party, item, day, sign=1)
        elif company.payer_of(party):
            incoming.by_another(company, party, item, day)
        elif way == "unpaid":
            continue
        elif way == "sum":
            waiting.setdefault(party.name, []).append((party, item))
        elif way == "two_companies":
            strangers.append((party, item))
        else:
            incoming.WAYS[way](company, party, item, day)
    _receive_for_two(company, strangers)
    _receive_sums(company, to_pay, waiting)


def _receive_sums(
    company: Company, to_pay: list[tuple[Party, OpenItem]], waiting: dict[str, list[tuple[Party, OpenItem]]]
) -> None:
    """A sum takes the unpaid invoices that follow, where there are some."""
    used = {d for line in company.lines for d in line.truth.amounts}
    for starts in waiting.values():
        for party, first in starts:
            if first.id in used:
                continue
            free = [
                i for p, i in to_pay if p is party and i.id >= first.id and i.id not in used and i.currency == "NOK"
            ]
            chosen = [i for i in free if (i.issue_date or START) <= (first.issue_date or START) + timedelta(days=45)][
                :5
            ]
            if len(chosen) < 2:
                incoming.by_number(company, party, first, _day(company, party, first))
            else:
                together.pay_sum(company, party, chosen, _day(company, party, chosen[-1]))
            used.update(i.id for i in chosen)


def _receive_for_two(company: Company, strangers: list[tuple[Party, OpenItem]]) -> None:
    for (payer, mine), (_, other) in zip(strangers[::2], strangers[1::2], strict=False):
        together.pay_for_two(
            company, payer, [mine, other], max(_day(company, payer, mine), _day(company, payer, other))
        )


def _pay(company: Company, to_pay: list[tuple[Party, OpenItem]]) -> None:
    ways, shares = list(outgoing.WEIGHTS), list(outgoing.WEIGHTS.values())
    remitted: list[OpenItem] = []
    for party, item in to_pay:
        way = company.rng.choices(ways, shares)[0]
        day = (item.due_date or START) - timedelta(days=company.rng.choice((0, 0, 1, 2, 3, -2, -6)))
        if way == "unpaid":
            continue
        if item.currency != "NOK":
            outgoing.in_currency(company, party, item, day)
        elif way == "remitted":
            remitted.append(item)
        elif way == "out_kid" and not item.kid:
            outgoing.by_number(company, party, item, day)
        else:
            outgoing.WAYS[way](company, party, item, day)
    remitted.sort(key=lambda i: i.due_date or START)
    while remitted:
        count = company.rng.choice((1, 2, 2, 3, 3, 4, 5))
        chunk, remitted = remitted[:count], remitted[count:]
        first = chunk[0].due_date or START
        late = [i for i in chunk if ((i.due_date or START) - first).days > 12]
        chunk, remitted = [i for i in chunk if i not in late], [*late, *remitted]
        together.remit(company, chunk, first + timedelta(days=company.rng.choice((0, 0, -1, 1))))
