"""How a client's KIDs are built: their length, which check digit they end in, where customer and invoice sit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kontali_desktop.domain.check_digits import mod10, mod11
from kontali_desktop.domain.ids import DecisionId

_SHORTEST_NUMBER = 3  # fewer digits stand in a KID by coincidence
_LEAST_FOR_LAYOUT = 3  # decisions; in one or two a number may stand where it does by chance
MOD10, MOD11 = 10, 11

Place = tuple[int, int]  # first and end
Slots = tuple[int, Place | None, Place | None]  # which check digit, and where customer and invoice sit
_CHECKS = ((MOD10, mod10), (MOD11, mod11))


@dataclass(frozen=True, slots=True)
class KidSample:
    """A KID of an accepted match, with the customer's and the invoice's number as the books write them."""

    decision: DecisionId
    kid: str
    customer: str
    invoice: str


@dataclass(frozen=True, slots=True)
class KidLayout:
    """`modulus` is 10 or 11, None where neither fits them all; `customer` and `invoice` are (first, end) places."""

    length: int
    modulus: int | None
    customer: tuple[int, int] | None
    invoice: tuple[int, int] | None
    decisions: tuple[DecisionId, ...]


@dataclass(frozen=True, slots=True)
class KidParts:
    """The customer's and the invoice's digits, without zeros before them; empty where the layout does not tell."""

    customer: str
    invoice: str


def parts_of(kid: str, layouts: Sequence[KidLayout]) -> KidParts | None:
    """What a KID says by the layout of its length; None where that is not known, or the check digit is off."""
    layout = next((x for x in layouts if x.length == len(kid) and len(x.decisions) >= _LEAST_FOR_LAYOUT), None)
    check = next((check for modulus, check in _CHECKS if layout and modulus == layout.modulus), None)
    if layout is None or check is None or not kid[:-1].isdigit() or check(kid[:-1]) != kid[-1]:
        return None
    customer, invoice = (kid[slice(*at)].lstrip("0") if at else "" for at in (layout.customer, layout.invoice))
    return KidParts(customer, invoice)


def telling_layouts(layouts: Sequence[KidLayout]) -> dict[int, Slots]:
    """Of each length that `parts_of` can tell anything of, all that it goes by."""
    return {
        x.length: (x.modulus, x.customer, x.invoice)
        for x in layouts
        if x.modulus is not None and len(x.decisions) >= _LEAST_FOR_LAYOUT
    }


def layouts_of(samples: Iterable[KidSample]) -> tuple[KidLayout, ...]:
    """One layout a length, as the creditor's agreement has it; the most used first."""
    by_length: dict[int, list[KidSample]] = defaultdict(list)
    for sample in samples:
        if len(sample.kid) > _SHORTEST_NUMBER and sample.kid[:-1].isdigit() and sample.kid.isascii():
            by_length[len(sample.kid)].append(sample)
    layouts = [_layout(length, mine) for length, mine in by_length.items()]
    return tuple(sorted(layouts, key=lambda x: (-len(x.decisions), x.length)))


def _layout(length: int, samples: Sequence[KidSample]) -> KidLayout:
    fitting = (
        modulus
        for modulus, check in _CHECKS
        if all(check(kid[:-1]) == kid[-1] for kid in dict.fromkeys(s.kid for s in samples))
    )
    return KidLayout(
        length,
        next(fitting, None),
        _slice([(s.kid, s.customer) for s in samples]),
        _slice([(s.kid, s.invoice) for s in samples]),
        tuple(dict.fromkeys(s.decision for s in samples)),
    )


def _slice(pairs: Sequence[tuple[str, str]]) -> tuple[int, int] | None:
    """The one slice that holds the number in all of them, zeros before it; the rightmost and shortest of several."""
    common: set[tuple[int, int]] | None = None
    for kid, number in dict.fromkeys(pairs):
        digits = "".join(c for c in number if c.isdigit())
        places = set(_places(kid[:-1], digits)) if len(digits) >= _SHORTEST_NUMBER else set()
        common = places if common is None else common & places
        if not common:
            return None
    return max(common, key=lambda p: (p[1], p[0])) if common else None


def _places(body: str, digits: str) -> Iterator[tuple[int, int]]:
    """Where the digits stand, with ever more of the zeros before them."""
    start = body.find(digits)
    while start >= 0:
        first, end = start, start + len(digits)
        yield first, end
        while first > 0 and body[first - 1] == "0":
            first -= 1
            yield first, end
        start = body.find(digits, start + 1)
