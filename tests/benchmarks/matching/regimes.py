"""Five ways of being paid, as the shares that make them."""

from __future__ import annotations

from dataclasses import dataclass, field

OFFICE: dict[str, float] = {
    "kid": 62,
    "number": 11,
    "name": 7,
    "part": 4,
    "kid_in_text": 2,
    "old_kid": 1.5,
    "typo": 1.5,
    "kid_typo": 1,
}
TRADES: dict[str, float] = {"number": 46, "name": 24, "part": 12, "other_payer": 5, "nameless": 5, "typo": 2}
WEBSHOP: dict[str, float] = {"kid": 58, "number": 14, "name": 16, "part": 3, "kid_in_text": 2, "typo": 1}
ABROAD: dict[str, float] = {"kid": 60, "number": 15, "name": 14, "part": 3, "kid_in_text": 2, "typo": 2}
SUBSCRIPTION: dict[str, float] = {
    "kid": 38,
    "number": 13,
    "name": 34,
    "part": 3,
    "other_payer": 2,
    "old_kid": 2,
    "typo": 1.5,
    "kid_typo": 0.5,
}
COMMON = {
    "fee": 1.2, "rounding": 1.2, "reminder": 1.5, "interest": 0.7, "discount": 0.5, "overpaid": 0.3, "part_never": 0.8,
    "double": 0.8, "double_settled": 0.4, "unpaid": 8.0, "sum": 2.0, "two_companies": 1.0, "credit_netted": 0.9,
    "credit_refunded": 1.2, "amount_only": 0.4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Regime:
    """`settled_share` of the invoices come by payouts of a provider, `price_share` of the amounts are list prices."""

    name: str
    ways: dict[str, float]
    price_share: float = 0.4
    prices: int = 12
    supplier_share: float = 0.25
    settled_share: float = 0.0
    currency_share: float = 0.0
    common: dict[str, float] = field(default_factory=lambda: dict(COMMON))

    @property
    def weights(self) -> dict[str, float]:
        return self.ways | self.common


REGIMES = {
    r.name: r
    for r in (
        Regime("office", OFFICE),
        Regime("trades", TRADES, price_share=0.35),
        Regime("webshop", WEBSHOP, price_share=0.5, settled_share=0.72),
        Regime("abroad", ABROAD, supplier_share=0.55, currency_share=0.5),
        Regime("subscription", SUBSCRIPTION, price_share=0.88, prices=5),
    )
}
