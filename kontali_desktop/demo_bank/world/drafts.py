"""Documents before their numbers: who, when, and for what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kontali_desktop.demo_bank.world.desk import Desk
from kontali_desktop.demo_bank.world.documents import Draft, Kind, Line, Side
from kontali_desktop.demo_bank.world.parties import Party
from kontali_desktop.demo_bank.world.ways.way import Way, Who

_TERMS = (10, 14, 14, 30)
_HOURLY = (89_500, 94_500, 109_500)
_SERVICE_AGREEMENT = 100_000  # net of VAT, the same for every subscriber
_LAST_ISSUE_DAY = 28
_SUPPLIER_GOODS = ("Materiell", "Varer i henhold til ordre", "Månedsavgift", "Leie av utstyr")


def group_of(desk: Desk, way: Way, used: int) -> list[Draft]:
    """The drafts that one use of a way needs; `used` counts its earlier uses this month."""
    parties = _parties(desk, way, used)
    day = desk.month.replace(day=desk.rng.randrange(1, _LAST_ISSUE_DAY + 1))
    drafts: list[Draft] = []
    for place, party in enumerate(parties):
        if drafts and not way.together:
            day = min(day + timedelta(days=desk.rng.randrange(3)), day.replace(day=_LAST_ISSUE_DAY))
        if way.credit and place == 1:
            drafts.append(_credit(desk, drafts[0]))
        else:
            drafts.append(_invoice(desk, way, party, day))
    return drafts


def _side(way: Way) -> Side:
    return Side.SUPPLIER if way.who in (Who.SUPPLIER, Who.FOREIGN_SUPPLIER) else Side.CUSTOMER


def _parties(desk: Desk, way: Way, used: int) -> Sequence[Party]:
    known = desk.parties
    pool: Sequence[Party] = {
        Who.BUSINESS: known.businesses,
        Who.SUBSCRIBER: known.subscribers,
        Who.PERSON: known.persons,
        Who.ANYONE: known.businesses + known.persons,
        Who.FOREIGN_CUSTOMER: (known.foreign_customer,),
        Who.SUPPLIER: known.suppliers,
        Who.FOREIGN_SUPPLIER: known.foreign_suppliers,
    }[way.who]
    if way.who is Who.SUBSCRIBER:  # each has one agreement: the two ways share them out between them
        return [pool[used]] if way.times > len(pool) // 2 else [pool[-1 - used]]
    if way.mixed:
        return desk.rng.sample(pool, way.documents)
    return [desk.rng.choice(pool)] * way.documents


def _invoice(desk: Desk, way: Way, party: Party, issued: date) -> Draft:
    terms = desk.rng.choice(_TERMS)
    return Draft(_side(way), party, issued, issued + timedelta(days=terms), _lines(desk, way, party))


def _credit(desk: Desk, invoice: Draft) -> Draft:
    """Half of the first line of the invoice, taken back a few days later."""
    first = invoice.lines[0]
    price = max(first.price * first.quantity // 200 * 100, 100)
    issued = min(invoice.issue_date + timedelta(days=desk.rng.randrange(1, 4)), invoice.due_date)
    lines = (Line(f"Kreditert: {first.text}", 1, price),)
    return Draft(invoice.side, invoice.party, issued, issued, lines, Kind.CREDIT_NOTE, credits=0)


def _lines(desk: Desk, way: Way, party: Party) -> tuple[Line, ...]:
    rng = desk.rng
    if way.who is Who.SUBSCRIBER:
        return (Line("Serviceavtale per måned", 1, _SERVICE_AGREEMENT),)
    if _side(way) is Side.SUPPLIER:
        lines = [Line(rng.choice(_SUPPLIER_GOODS), rng.randrange(1, 4), rng.randrange(400, 4_200) * 100)]
    elif party.is_person:
        lines = [Line(desk.company.trade[0], rng.randrange(1, 5), rng.choice(_HOURLY))]
    else:
        lines = [Line(desk.company.trade[0], rng.randrange(2, 14), rng.choice(_HOURLY))]
    if rng.randrange(2):
        lines.append(Line(desk.company.trade[1], 1, rng.randrange(150, 3_800) * 100 + rng.choice((0, 0, 40, 80))))
    if rng.randrange(3) == 0:
        lines.append(Line(desk.company.trade[2], 1, 39_000))
    return tuple(lines)
