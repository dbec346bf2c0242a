"""Bank lines that have no document: daily costs, the state's, twins, known parties with unknown bills, transfers."""

from __future__ import annotations

from datetime import date, timedelta

from kontali_desktop.domain.documents import Side
from tests.benchmarks.matching import words
from tests.benchmarks.matching.company import START, Company, Line
from tests.benchmarks.matching.truth import Truth

_IN = ("interest", "refund")
_ACCOUNTS = {
    "payroll": "2930", "tax_withholding": "2600", "employers_contribution": "2770", "vat": "2740", "loan": "2240",
    "bank_fee": "7770", "interest": "8050",
}  # fmt: skip


def daily(company: Company) -> None:
    """About a quarter as many lines without a document as there are documents."""
    for kind in words.NONE:
        for _ in range(max(2, company.size // 60)):
            _without(company, kind, START + timedelta(days=company.rng.randrange(company.days)))


def _without(company: Company, kind: str, day: date) -> None:
    rng = company.rng
    text = company.scribe.fill(rng.choice(words.NONE[kind]), card4="1234")
    rough = int(rng.lognormvariate(8.2, 1.3) * 100) + 1_500
    round_kind = kind in ("rent", "private", "loan", "payroll", "vat", "tax_withholding", "employers_contribution")
    amount = round(rough, -4) + 10_000 if round_kind or rng.random() < 0.2 else rough
    if company.items and rng.random() < 0.03:
        amount = rng.choice(company.items).amount  # a coincidence
    sign = 1 if kind in _IN and "Debet" not in text else -1
    name, kid = "", ""
    if kind in ("vat", "tax_withholding", "employers_contribution"):
        name = rng.choice(("Skatteetaten", "SKATTEETATEN", ""))
        kid = str(rng.randrange(10**11, 10**12)) if rng.random() < 0.7 else ""
    elif kind == "rent":
        name = rng.choice(("Gårdeier AS", "Næringsbygg Eiendom AS", ""))
    account = _ACCOUNTS.get(kind, "")
    company.pay(day, sign * amount, Truth(f"none_{kind}", account=account), name=name, kid=kid, text=text)
    if kind == "parking" and rng.random() < 0.5:
        company.pay(day, sign * amount, Truth("none_twin"), text=text)


def known_parties(company: Company) -> None:
    """They pay, or are paid, for documents that the books do not have."""
    rng = company.rng
    for _ in range(max(6, company.size // 32)):
        is_in = rng.random() < 0.7
        party = rng.choice(company.customers if is_in else company.suppliers)
        side = Side.CUSTOMER if is_in else Side.SUPPLIER
        theirs = [i for i in company.items if i.counterparty == party.name and i.side is side and i.currency == "NOK"]
        kind = rng.random()
        if theirs and kind < 0.3:
            amount = rng.choice(theirs).amount + rng.choice((-100, 100, -5_000, 1_000, 10_000, 250))
        elif kind < 0.6:
            amount = company.amount()
        else:
            amount = rng.randrange(20_000, 9_000_000)
        if any(i.open_amount == amount for i in theirs) or amount <= 0:
            continue
        text = rng.choice(words.NO_NUMBER)
        if rng.random() < 0.35:
            number = company.number_style.format(company.first_number + company.written + rng.randrange(50, 3_000))
            text = rng.choice(words.ONE_NUMBER).format(n=number if is_in else company.supplier_number())
        day = START + timedelta(days=rng.randrange(10, company.days))
        name = company.scribe.name(party.name)
        company.pay(day, amount if is_in else -amount, Truth("none_known_party"), name=name, text=text)


def transfers(company: Company) -> None:
    rng = company.rng
    for _ in range(max(5, company.size // 25)):
        day = START + timedelta(days=rng.randrange(company.days))
        amount = rng.randrange(5, 400) * 100_000 if rng.random() < 0.9 else int(rng.lognormvariate(9, 1) * 100)
        left, right = rng.sample((1, 2, 3), 2)
        text = rng.choice(words.TRANSFERS)
        out = company.pay(day, -amount, Truth("transfer"), text=text)
        out.account = left
        later = day + timedelta(days=rng.choice((0, 0, 0, 0, 0, 1)))
        into = company.pay(
            later, amount, Truth("transfer"), text=text if rng.random() < 0.7 else rng.choice(words.TRANSFERS)
        )
        into.account = right
        _pair(company, out, into)
        if rng.random() < 0.3:
            out.party_account, into.party_account = f"1503000000{right}", f"1503000000{left}"


def _pair(company: Company, out: Line, into: Line) -> None:
    out.pair, into.pair = len(company.lines) - 1, len(company.lines) - 2
