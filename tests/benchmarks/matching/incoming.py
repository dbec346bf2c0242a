"""How customers pay, one way a function."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kontali_desktop.domain.documents import DocumentKind, OpenItem, Side
from tests.benchmarks.matching import words
from tests.benchmarks.matching.company import Company, Party, invoice_of
from tests.benchmarks.matching.truth import Truth

Way = Callable[[Company, Party, OpenItem, date], None]


def _truth(scenario: str, *items: OpenItem, told: bool = True, known: bool = True) -> Truth:
    amounts = {i.id: i.amount if i.kind is DocumentKind.INVOICE else -i.amount for i in items}
    return Truth(scenario, amounts, told, is_knowable=known)


def _number_text(company: Company, item: OpenItem) -> str:
    return company.rng.choice(words.ONE_NUMBER).format(n=item.number)


def _silent(company: Company) -> str:
    return company.rng.choice(words.NO_NUMBER)


def _maybe_name(company: Company, party: Party, share: float = 0.8) -> str:
    return company.scribe.name(party.name) if company.rng.random() < share else ""


def by_kid(company: Company, party: Party, item: OpenItem, day: date, *, extra: int = 0, scenario: str = "kid") -> None:
    if not item.kid:
        by_number(company, party, item, day, extra=extra, scenario=scenario)
        return
    name = _maybe_name(company, party, 0.85)
    truth = _truth(scenario, item, told=not company.is_kid_shared)
    company.pay(day, item.amount + extra, truth, name=name, kid=item.kid, text=_silent(company))


def by_kid_in_text(company: Company, party: Party, item: OpenItem, day: date) -> None:
    text = company.rng.choice(words.KID_TEXT).format(k=company.scribe.grouped(item.kid))
    company.pay(
        day,
        item.amount,
        _truth("kid_in_text", item, told=not company.is_kid_shared),
        name=_maybe_name(company, party),
        text=text,
    )


def by_number(
    company: Company, party: Party, item: OpenItem, day: date, *, extra: int = 0, scenario: str = "number"
) -> None:
    name, text = _maybe_name(company, party, 0.75), _number_text(company, item)
    company.pay(day, item.amount + extra, _truth(scenario, item), name=name, text=text)


def by_name(
    company: Company, party: Party, item: OpenItem, day: date, *, extra: int = 0, scenario: str = "name"
) -> None:
    name, text = company.scribe.name(party.name), _silent(company)
    company.pay(day, item.amount + extra, _truth(scenario, item, told=False), name=name, text=text)


def by_other_payer(company: Company, party: Party, item: OpenItem, day: date) -> None:
    payer = f"{company.rng.choice(words.FIRST)} {company.rng.choice(words.LAST)}"
    text = _number_text(company, item)
    if company.rng.random() < 0.3:
        text = f"{text} {party.name}"
    company.pay(day, item.amount, _truth("other_payer", item), name=company.scribe.name(payer), text=text)


def by_another(company: Company, party: Party, item: OpenItem, day: date) -> None:
    """The one who always pays for this customer, and never names the document."""
    truth = _truth("by_another", item, told=False)
    company.pay(day, item.amount, truth, name=company.payer_of(party), text=_silent(company))


def by_number_alone(company: Company, party: Party, item: OpenItem, day: date) -> None:
    company.pay(day, item.amount, _truth("nameless", item), text=_number_text(company, item))


def by_typo(company: Company, party: Party, item: OpenItem, day: date) -> None:
    number = company.scribe.typo(item.number)
    text = company.rng.choice(words.ONE_NUMBER[1:]).format(n=number)
    truth = _truth("typo", item, told=False)
    company.pay(day, item.amount, truth, name=company.scribe.name(party.name), text=text)


def by_kid_typo(company: Company, party: Party, item: OpenItem, day: date) -> None:
    truth = _truth("kid_typo", item, told=False)
    kid = company.scribe.typo(item.kid)
    company.pay(day, item.amount, truth, name=_maybe_name(company, party), kid=kid, text=_silent(company))


def by_amount_alone(company: Company, party: Party, item: OpenItem, day: date) -> None:
    company.pay(day, item.amount, _truth("amount_only", item, told=False, known=False), text=_silent(company))


def with_old_kid(company: Company, party: Party, item: OpenItem, day: date) -> None:
    """The payment form of an earlier invoice is used again; that one was paid before."""
    earlier = [i for i in company.items if i.counterparty == party.name and i.kid and i.id < item.id]
    if not earlier:
        by_kid(company, party, item, day)
        return
    old = company.rng.choice(earlier[-4:])
    truth = _truth("old_kid", item, told=False)
    company.pay(day, item.amount, truth, name=_maybe_name(company, party, 0.85), kid=old.kid, text=_silent(company))


def less_fee(company: Company, party: Party, item: OpenItem, day: date) -> None:
    fee = company.rng.choice((20, 25, 30, 35, 40, 50, 60, 75)) * 100
    if item.amount > 8 * fee:
        company.rng.choice((by_number, by_number, by_name))(company, party, item, day, extra=-fee, scenario="fee")
    else:
        by_number(company, party, item, day)


def rounded(company: Company, party: Party, item: OpenItem, day: date) -> None:
    rest = item.amount % 100
    extra = (-rest if company.rng.random() < 0.5 else 100 - rest) if rest else company.rng.choice((-100, 100))
    company.rng.choice((by_kid, by_number))(company, party, item, day, extra=extra, scenario="rounding")


def with_reminder(company: Company, party: Party, item: OpenItem, day: date) -> None:
    late = day + timedelta(days=company.rng.randrange(16, 50))
    fee = company.rng.choice((3_500, 3_500, 7_000))
    company.rng.choice((by_kid, by_number))(company, party, item, late, extra=fee, scenario="reminder")


def with_interest(company: Company, party: Party, item: OpenItem, day: date) -> None:
    late = day + timedelta(days=company.rng.randrange(20, 90))
    days = (late - (item.due_date or late)).days
    interest = round(item.amount * 0.125 * max(1, days) / 365)
    company.rng.choice((by_kid, by_number))(company, party, item, late, extra=interest, scenario="interest")


def with_discount(company: Company, party: Party, item: OpenItem, day: date) -> None:
    off = -round(item.amount * company.rng.choice((1, 2, 3)) / 100)
    by_number(company, party, item, day, extra=off, scenario="discount")


def too_much(company: Company, party: Party, item: OpenItem, day: date) -> None:
    extra = company.rng.choice((10_000, 50_000, item.amount // 3))
    by_number(company, party, item, day, extra=extra, scenario="overpaid")


def in_parts(company: Company, party: Party, item: OpenItem, day: date) -> None:
    count = company.rng.choice((2, 2, 3, 3, 4))
    _pay_parts(company, party, item, day, count=count, scenario="part")


def in_part_only(company: Company, party: Party, item: OpenItem, day: date) -> None:
    _pay_parts(company, party, item, day, count=1, scenario="part_never")


def _pay_parts(company: Company, party: Party, item: OpenItem, day: date, *, count: int, scenario: str) -> None:
    rng = company.rng
    of = max(2, count)
    each = (
        item.amount // of
        if rng.random() < 0.65 or item.amount < 200_000
        else max(10_000, int(item.amount * rng.uniform(0.3, 0.9) / of) // 10_000 * 10_000)
    )
    left = item.amount
    for n in range(1, count + 1):
        amount = left if n == count and count > 1 else min(each, left - 1)
        left -= amount
        later = day + timedelta(days=30 * (n - 1))
        _pay_part(company, party, item, later, amount=amount, which=(n, of), scenario=scenario)


def _pay_part(
    company: Company, party: Party, item: OpenItem, day: date, *, amount: int, which: tuple[int, int], scenario: str
) -> None:
    rng, facts = company.rng, {"n": item.number, "i": str(which[0]), "m": str(which[1])}
    is_rest = which[0] == which[1] and scenario == "part"
    kind = rng.random()
    told = kind < 0.75
    kid = item.kid if kind < 0.25 and item.kid else ""
    if kid:
        text = _silent(company)
    elif told:
        text = rng.choice(words.REST_TEXT if is_rest and rng.random() < 0.6 else words.PART_TEXT).format_map(facts)
    else:
        text = rng.choice(words.PART_NO_NUMBER).format_map(facts)
    name = company.scribe.name(party.name) if not told else _maybe_name(company, party)
    told = told and not (kid and company.is_kid_shared)
    company.pay(day, amount, Truth(scenario, {item.id: amount}, told), name=name, kid=kid, text=text)


def twice(company: Company, party: Party, item: OpenItem, day: date) -> None:
    by_kid(company, party, item, day)
    first = company.lines[-1]
    truth = Truth("double", paid_already=item.id, told=True)
    later = day + timedelta(days=company.rng.randrange(1, 20))
    text = _silent(company) if first.kid else _number_text(company, item)
    company.pay(later, item.amount, truth, name=first.name, kid=first.kid, text=text)


def what_is_settled(company: Company, party: Party, item: OpenItem, day: date) -> None:
    """The books have it as paid; now it is paid again."""
    company.settle(item)
    truth = Truth("double_settled", paid_already=item.id, told=True)
    text = _silent(company) if item.kid else _number_text(company, item)
    company.pay(day, item.amount, truth, name=_maybe_name(company, party), kid=item.kid, text=text)


def credit_netted(company: Company, party: Party, item: OpenItem, day: date) -> None:
    share = company.rng.choice((2, 4, 5, 10))
    issued = (item.issue_date or day) + timedelta(days=2)
    less = max(100, item.amount // share)
    note = invoice_of(company, party, Side.CUSTOMER, issued, kind=DocumentKind.CREDIT_NOTE, amount=less)
    told = company.rng.random() < 0.6
    numbers = company.scribe.joined([item.number, note.number])
    text = company.rng.choice(words.MANY_NUMBERS).format(ns=numbers) if told else _silent(company)
    truth = _truth("credit_netted", item, note, told=told)
    name = _maybe_name(company, party) if told else company.scribe.name(party.name)
    company.pay(max(day, issued), item.amount - note.amount, truth, name=name, text=text)


def credit_refunded(company: Company, party: Party, item: OpenItem, day: date) -> None:
    """The invoice is paid, then credited, and the money goes back."""
    by_kid(company, party, item, day) if company.rng.random() < 0.5 else by_number(company, party, item, day)
    issued = day + timedelta(days=company.rng.randrange(1, 12))
    amount = item.amount if company.rng.random() < 0.4 else max(100, item.amount // company.rng.choice((2, 4, 5)))
    note = invoice_of(company, party, Side.CUSTOMER, issued, kind=DocumentKind.CREDIT_NOTE, amount=amount)
    told = company.rng.random() < 0.5
    text = company.rng.choice(words.CREDIT_TEXT if told else words.REFUND_NO_NUMBER).format(n=note.number)
    name = _maybe_name(company, party, 0.5) if told else company.scribe.name(party.name)
    truth = _truth("credit_refunded", note, told=told)
    company.pay(issued + timedelta(days=company.rng.randrange(1, 15)), -note.amount, truth, name=name, text=text)


WAYS: dict[str, Way] = {
    "kid": by_kid,
    "kid_in_text": by_kid_in_text,
    "number": by_number,
    "name": by_name,
    "other_payer": by_other_payer,
    "nameless": by_number_alone,
    "typo": by_typo,
    "kid_typo": by_kid_typo,
    "amount_only": by_amount_alone,
    "old_kid": with_old_kid,
    "fee": less_fee,
    "rounding": rounded,
    "reminder": with_reminder,
    "interest": with_interest,
    "discount": with_discount,
    "overpaid": too_much,
    "part": in_parts,
    "part_never": in_part_only,
    "double": twice,
    "double_settled": what_is_settled,
    "credit_netted": credit_netted,
    "credit_refunded": credit_refunded,
}
