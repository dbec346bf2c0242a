"""A transaction's hypotheses weighed against one another, and against there being no document at all."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kontali_desktop.matching.evidence import cap_of
from kontali_desktop.matching.hypothesis import Hypothesis, Kin, Likes, kin_of, likes_of

_WORTH_SHOWING = 0.02
_PAID_AGAIN = 4.0  # one payment in fifty is made twice


@dataclass(frozen=True, slots=True)
class Weighed:
    """A hypothesis with its confidence, how many sets are as good as it, and of how many equals it is one."""

    hypothesis: Hypothesis
    confidence: float
    combinations: int
    equals: int = 1

    @property
    def is_worth_showing(self) -> bool:
        """Many equally good ones are shown for what they are together."""
        return self.confidence * self.combinations >= _WORTH_SHOWING


def weighed_alone(hypothesis: Hypothesis, nothing: float) -> Weighed:
    """The only hypothesis there is, against none."""
    is_one_of_kin = hypothesis.party >= 0
    many = 1 + hypothesis.unlisted
    odds = hypothesis.score - nothing + (math.log(many) if is_one_of_kin else 0.0)
    confidence = 1 / (1 + math.exp(-max(-500.0, min(500.0, odds))))
    if not is_one_of_kin and many > 1:
        confidence = 1 / (many + math.exp(min(500.0, -odds)))
    equal = max(1 if is_one_of_kin else many, hypothesis.combinations)
    confidence = min(confidence, cap_of(hypothesis.evidence), 1 / equal)
    return Weighed(hypothesis, confidence, equal, many if is_one_of_kin else 1)


class Scale:
    """Hypotheses weighed against one another, against paying again what is `taken`, and none at all; kin are one.

    `unsure` are those that another transaction has taken, with how likely it is that it should not have.
    """

    def __init__(
        self,
        hypotheses: Sequence[Hypothesis],
        taken: Sequence[Hypothesis],
        nothing: float,
        unsure: Sequence[tuple[Hypothesis, float]] = (),
    ) -> None:
        self._alone = nothing if len(hypotheses) == 1 and not taken and not unsure else None
        if self._alone is not None:
            return
        again = [h.score - _PAID_AGAIN for h in taken]
        self._most = max([nothing, *again, *(h.score for h in hypotheses)])
        self._of_kin: dict[Kin, float] = defaultdict(float)
        self._kin: Counter[Kin] = Counter()
        alike: dict[Likes, set[Kin]] = defaultdict(set)
        for h in hypotheses:
            likes = likes_of(h)
            kin = kin_of(h, likes)
            self._of_kin[kin] += math.exp(h.score - self._most) * (1 + h.unlisted)
            self._kin[kin] += 1 + h.unlisted
            alike[likes].add(kin)
        for h, chance in unsure:
            likes = likes_of(h)
            kin = kin_of(h, likes)
            self._of_kin[kin] += math.exp(min(0.0, h.score - self._most)) * chance
            alike[likes].add(kin)
        rest = math.fsum(math.exp(score - self._most) for score in (nothing, *again))
        self._mass = math.fsum(self._of_kin.values()) + rest
        self._alike = {likes: len(kins) for likes, kins in alike.items()}

    def chance_of_again(self, hypothesis: Hypothesis) -> float:
        """How likely it is that this one, which is taken, is paid once more."""
        return math.exp(hypothesis.score - _PAID_AGAIN - self._most) / self._mass

    def weigh(self, hypothesis: Hypothesis) -> Weighed:
        if self._alone is not None:
            return weighed_alone(hypothesis, self._alone)
        is_one_of_kin = hypothesis.party >= 0
        likes = likes_of(hypothesis)
        kin = kin_of(hypothesis, likes)
        equal = max(self._alike[likes] + (0 if is_one_of_kin else hypothesis.unlisted), hypothesis.combinations)
        own = self._of_kin[kin] if is_one_of_kin else math.exp(hypothesis.score - self._most)
        confidence = min(own / self._mass, cap_of(hypothesis.evidence), 1 / equal)
        return Weighed(hypothesis, confidence, equal, self._kin[kin] if is_one_of_kin else 1)
