"""Shares that say how far they can be trusted."""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z = 1.959964  # 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `n`, with the bounds between which the true share lies 19 times in 20 (Wilson, 1927)."""

    right: int
    n: int

    @property
    def value(self) -> float | None:
        return self.right / self.n if self.n else None

    @property
    def bounds(self) -> tuple[float, float]:
        if not self.n:
            return 0.0, 1.0
        share, z2 = self.right / self.n, _Z * _Z
        middle = share + z2 / (2 * self.n)
        reach = _Z * math.sqrt(share * (1 - share) / self.n + z2 / (4 * self.n * self.n))
        whole = 1 + z2 / self.n
        low = (middle - reach) / whole if self.right else 0.0
        high = (middle + reach) / whole if self.right < self.n else 1.0
        return low, high
