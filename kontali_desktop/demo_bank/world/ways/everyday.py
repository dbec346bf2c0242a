"""What has no invoice: pay, taxes, rent, loan, fees, cards, and money between the company's own accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kontali_desktop.demo_bank.world import dates, names
from kontali_desktop.demo_bank.world.company import OwnAccount
from kontali_desktop.demo_bank.world.desk import Desk, written_amount
from kontali_desktop.demo_bank.world.entries import Entry

_VAT_DAYS = {2: 10, 4: 10, 6: 10, 8: 31, 10: 10, 12: 10}
_EMPLOYER_MONTHS = (1, 3, 5, 7, 9, 11)
_PAY_DAY = 25
_PARKING = 4_900
_CARDS = 13


def everyday(desk: Desk) -> list[Entry]:
    """All of a month's entries that no document belongs to."""
    groups = (_cards, _parking, _subscriptions, _own_transfers, _wages, _taxes, _running_costs, _small_credits)
    return [entry for group in groups for entry in group(desk)]


def _cards(desk: Desk) -> Iterator[Entry]:
    desk.way = "card"
    for _ in range(_CARDS):
        on = desk.day(desk.rng.randrange(1, 29))
        bought = dates.bank_days_before(on, 3)
        clock = f"{desk.rng.randrange(7, 19):02d}.{desk.rng.randrange(60):02d}"
        information = f"Varekjøp {desk.rng.choice(names.SHOPS)} Dato {bought:%d.%m} kl. {clock}"
        amount = desk.rng.randrange(60, 2_400) * 100 + desk.rng.choice((0, 50, 90))
        yield desk.entry(-amount, on, "Varekjøp", information, reserved_on=bought)


def _parking(desk: Desk) -> Iterator[Entry]:
    """Two that are alike in every part on one day, which are two; and one on another day."""
    desk.way = "parking"
    twin_day = desk.day(desk.rng.randrange(3, 16))
    other = dates.bank_days_after(twin_day, desk.rng.randrange(2, 8))
    for on in (twin_day, twin_day, other):
        bought = dates.bank_days_before(on, 2)
        yield desk.entry(-_PARKING, on, "Visa Varekjøp", "Visa Varekjøp EasyPark AS", reserved_on=bought)


def _subscriptions(desk: Desk) -> Iterator[Entry]:
    desk.way = "subscription"
    for place, (name, amount) in enumerate(names.CARD_SUBSCRIPTIONS):
        on = desk.day(6 + 7 * place)
        information = f"*4410 {on:%d.%m} NOK {written_amount(amount).replace(',', '.')} {name} Kurs: 1.0000"
        yield desk.entry(-amount, on, "Visa Varekjøp", information, reserved_on=dates.bank_days_before(on, 1))


def _transfer(desk: Desk, amount: int, on: date, between: tuple[OwnAccount, OwnAccount], text: str) -> list[Entry]:
    source, target = between
    out = desk.entry(
        -amount,
        on,
        "Kontoregulering",
        text,
        account=source,
        text=text,
        counterparty=desk.company.name,
        counterparty_account=target.number,
    )
    into = replace(
        out,
        key=desk.key(),
        account=target.number,
        amount=amount,
        counterparty_account=source.number,
        counter_key=out.key,
    )
    return [replace(out, counter_key=into.key), into]


def _own_transfers(desk: Desk) -> Iterator[Entry]:
    desk.way = "transfer"
    daily, savings, taxes = desk.company.accounts
    aside = desk.rng.randrange(115, 150) * 100_000
    yield from _transfer(desk, aside, desk.day(desk.rng.randrange(8, 12)), (daily, taxes), "Avsatt skatt og mva")
    saved = desk.rng.randrange(10, 40) * 100_000
    yield from _transfer(desk, saved, desk.day(desk.rng.randrange(16, 20)), (daily, savings), "Til sparing")
    back = desk.rng.randrange(5, 15) * 100_000
    yield from _transfer(
        desk, back, desk.day(desk.rng.randrange(22, 27)), (savings, daily), "Overføring mellom egne konti"
    )


def _wages(desk: Desk) -> Iterator[Entry]:
    desk.way = "wages"
    on = dates.on_or_before(desk.month.replace(day=_PAY_DAY))
    for name in names.EMPLOYEES:
        amount = desk.rng.randrange(28_000, 41_000) * 100
        yield desk.entry(-amount, on, "Lønn", name, text=f"Lønn {on:%m.%Y}", reserved_on=dates.bank_days_before(on, 1))


def _taxes(desk: Desk) -> Iterator[Entry]:
    """Due days by law: withheld tax the first working day after pay; the others on the tax calendar."""
    taxes = desk.company.taxes
    desk.way = "withheld_tax"
    after_pay = dates.bank_days_after(dates.on_or_before(desk.month.replace(day=_PAY_DAY)), 1)
    yield _to_the_state(desk, desk.rng.randrange(38_000, 52_000) * 100, after_pay, taxes, "Forskuddstrekk")
    if desk.month.month in _EMPLOYER_MONTHS:
        desk.way = "employers_contribution"
        amount = desk.rng.randrange(42_000, 55_000) * 100
        yield _to_the_state(desk, amount, desk.day(15), taxes, "Arbeidsgiveravgift")
    if desk.month.month in _VAT_DAYS:
        desk.way = "vat"
        amount = desk.rng.randrange(70_000, 120_000) * 100
        yield _to_the_state(desk, amount, desk.day(_VAT_DAYS[desk.month.month]), taxes, "MVA termin")


def _to_the_state(desk: Desk, amount: int, on: date, account: OwnAccount, text: str) -> Entry:
    return desk.entry(
        -amount,
        on,
        "Nettgiro",
        f"Nettgiro til: Skatteetaten Betalt: {on:%d.%m.%y}",
        account=account,
        counterparty="Skatteetaten",
        text=text,
        reserved_on=dates.bank_days_before(on, 1),
    )


def _running_costs(desk: Desk) -> Iterator[Entry]:
    desk.way = "rent"
    rent = desk.day(1)
    yield desk.entry(-2_150_000, rent, "Fast oppdrag", "Husleie verksted", counterparty="Havneparken Utleie AS")
    desk.way = "loan"
    yield desk.entry(-1_284_700, desk.day(20), "Lån", "Avdrag og renter lån 1503.77.00000")
    desk.way = "bank_fee"
    last = dates.on_or_before(dates.last_of_month(desk.month))
    yield desk.entry(-desk.rng.choice((14_500, 16_250, 18_900)), last, "Gebyr", "Prislagte Tjenester")
    yield desk.entry(-7_900, desk.day(2), "Gebyr", "Bedriftsnettbank månedspris")


def _small_credits(desk: Desk) -> Iterator[Entry]:
    desk.way = "interest"
    last = dates.on_or_before(dates.last_of_month(desk.month))
    savings = desk.company.savings
    yield desk.entry(desk.rng.randrange(40_000, 120_000), last, "Renter", "Kreditrenter", account=savings)
    desk.way = "refund"
    shop = desk.rng.choice(names.SHOPS)
    on = desk.day(desk.rng.randrange(10, 28))
    yield desk.entry(desk.rng.randrange(90, 900) * 100, on, "Varekjøp", f"Retur {shop}")
    desk.way = "expenses_repaid"
    amount = desk.rng.randrange(300, 3_000) * 100
    yield desk.entry(-amount, desk.day(18), "Nettgiro", "Utlegg", counterparty="Amalie Strand", text="Utlegg reise")
    desk.way = "no_document_yet"
    party = desk.rng.choice(desk.parties.businesses)
    on = desk.day(desk.rng.randrange(5, 25))
    amount = desk.rng.randrange(20, 90) * 10_000
    yield desk.entry(
        amount,
        on,
        "Overføring Innland",
        f"Fra: {party.name} Betalt: {on:%d.%m.%y}",
        counterparty=party.name,
        counterparty_account=party.account,
        text="Forskudd nytt oppdrag",
    )
