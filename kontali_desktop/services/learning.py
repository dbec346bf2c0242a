"""What the program has learnt of a client, fact by fact with the decisions each rests on; and forgetting one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kontali_desktop.domain.ids import ClientId, DecisionId
from kontali_desktop.domain.periods import ClosedPeriod
from kontali_desktop.matching.kid_layouts import KidLayout
from kontali_desktop.matching.learnt import Example, FactKind, Habit, Learnt, LearntParty, LearntPosting, learn
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.learning_storage import ForgottenFact, forgotten_of
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.storage import Event, Storage, UnitOfWork

# The newest decisions teach; how a customer paid so long ago says little, and loading them all takes seconds.
MOST_EXAMPLES = 5_000
MOST_LET_STAND = 2_000  # of the program's own: they are far more, and are read again for every decision


@dataclass(frozen=True, slots=True)
class LearntFact:
    """One fact for a screen: what it tells (`facts` fill its wording), and the decisions it rests on."""

    kind: FactKind
    key: str
    decisions: tuple[DecisionId, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


def load_learnt(work: UnitOfWork, client_id: ClientId, before: DecisionId | None = None) -> Learnt:
    """By the decisions so far, or by those before one; from so many queries whatever the number of decisions."""
    forgotten = forgotten_of([f for f in work.learning.load_forgotten(client_id) if before is None or f.until < before])
    return learn(_examples(work, client_id, before), forgotten)


def period_let_stand(work: UnitOfWork, client_id: ClientId, before: DecisionId | None = None) -> ClosedPeriod | None:
    """The period that a person closed, where it was closed before a decision."""
    closed = work.clients.load_settings(client_id).closed
    return None if closed is None or (before is not None and closed.last_decision >= before) else closed


def _examples(work: UnitOfWork, client_id: ClientId, before: DecisionId | None) -> tuple[Example, ...]:
    """A person's accepts, and the newest of the program's own that a person let stand at period close.

    Any other of the program's own never teaches: what it took by itself proves nothing by that.
    """
    own = work.learning.load_examples(client_id, before, MOST_EXAMPLES)
    period = period_let_stand(work, client_id, before)
    return own if period is None else own + work.learning.load_examples(client_id, before, MOST_LET_STAND, period)


class Learning:
    """Reads what is learnt, and makes the program forget."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def load(self, client_id: ClientId) -> Learnt:
        with self._storage.reading() as work:
            return load_learnt(work, client_id)

    def facts(self, client_id: ClientId) -> tuple[LearntFact, ...]:
        """Kind by kind."""
        return tuple(facts_of(self.load(client_id)))

    def forget(self, client_id: ClientId, kind: FactKind, key: str, about: str = "") -> None:
        """Decisions so far no longer count for this fact; later ones teach it anew. `about` names it in the events."""
        with self._storage.writing() as work:
            now = self._clock.now()
            work.learning.forget(client_id, ForgottenFact(kind, key, now, work.learning.last_decision(client_id)))
            facts = {"kind": kind.value, "key": key, "about": about or key}
            work.events.add(Event(now, PERSON, "learning.forgotten", facts, client_id=client_id))
            work.commit()

    def remember(self, client_id: ClientId, kind: FactKind, key: str, about: str = "") -> None:
        """Take back that it was forgotten."""
        with self._storage.writing() as work:
            work.learning.remember(client_id, kind, key)
            facts = {"kind": kind.value, "key": key, "about": about or key}
            work.events.add(Event(self._clock.now(), PERSON, "learning.remembered", facts, client_id=client_id))
            work.commit()


def facts_of(learnt: Learnt) -> Iterator[LearntFact]:
    """Kind by kind."""
    for kind, known in ((FactKind.ACCOUNT, learnt.accounts), (FactKind.PAYER, learnt.payers)):
        for key, parties in known.items():
            yield _means(kind, key, parties)
    for text, party in learnt.texts.items():
        yield _means(FactKind.TEXT, text, (party,))
    for key, habit in learnt.habits.items():
        yield _habit(key, habit)
    for layout in learnt.kid_layouts:
        yield _layout(layout)
    for text, posting in learnt.postings.items():
        yield _posting(text, posting)


def _means(kind: FactKind, key: str, parties: tuple[LearntParty, ...]) -> LearntFact:
    decisions = tuple(sorted({d for party in parties for d in party.decisions}))
    return LearntFact(kind, key, decisions, {"key": key, "counterparties": ", ".join(p.name for p in parties)})


def _habit(key: str, habit: Habit) -> LearntFact:
    facts = {
        "counterparty": habit.name,
        "payments": str(habit.payments),
        "days": "" if habit.days_late is None else str(habit.days_late),
        "rounded": str(habit.rounded),
        "in_sums": str(habit.in_sums),
        "with_fee": str(habit.with_fee),
    }
    return LearntFact(FactKind.HABIT, key, habit.decisions, facts)


def _layout(layout: KidLayout) -> LearntFact:
    facts = {"length": str(layout.length), "modulus": "" if layout.modulus is None else str(layout.modulus)}
    for name, place in (("customer", layout.customer), ("invoice", layout.invoice)):
        facts[name] = "" if place is None else f"{place[0] + 1}–{place[1]}"
    return LearntFact(FactKind.KID_LAYOUT, str(layout.length), layout.decisions, facts)


def _posting(text: str, learnt: LearntPosting) -> LearntFact:
    facts = {
        "key": text,
        "posting": learnt.posting.account,
        "vat_code": learnt.posting.vat_code,
        "exceptions": str(learnt.exceptions),
    }
    return LearntFact(FactKind.POSTING, text, learnt.decisions, facts)
