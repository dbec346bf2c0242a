"""Rules of the user's own: kept in order, tested on the past twelve months before they may act, and suggested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kontali_desktop.domain.bank import BankTransaction, BookingStatus
from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.errors import RuleConflicts, RuleIncomplete, RuleTooWide, UnknownRule
from kontali_desktop.domain.ids import ClientId, DecisionId, RuleId, TransactionId
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule, TextTest
from kontali_desktop.domain.text_words import signature, telling_words
from kontali_desktop.matching.learnt import Example
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.learning import TEACHERS
from kontali_desktop.services.learning_storage import StoredRule
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.posting_accounts import ledger_account
from kontali_desktop.services.storage import Event, Storage, UnitOfWork

TESTED_DAYS = 365
FEWEST_ALIKE = 3  # the same posting so often, with no exception, is a rule that nobody has written down


@dataclass(frozen=True, slots=True)
class RuleTest:
    """What a rule would have said of the lines since a day: how many it fits, and what a person decided on those."""

    since: date
    hits: int
    agreements: int
    conflicts: tuple[TransactionId, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestedRule:
    """A rule that repeated handwork follows already, with the decisions that say so."""

    rule: Rule
    decisions: tuple[DecisionId, ...]


class Rules:
    """The rules of one client at a time."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def load(self, client_id: ClientId) -> tuple[StoredRule, ...]:
        """In the order in which they are asked."""
        with self._storage.reading() as work:
            return work.rules.load(client_id)

    def add(self, client_id: ClientId, rule: Rule) -> RuleId:
        """Last in the order; it does not act before `switch_on`.

        Raises RuleTooWide, RuleIncomplete, NotALedgerAccount.
        """
        _refuse_unfit(rule)
        with self._storage.writing() as work:
            rule_id = work.rules.add(client_id, rule, self._clock.now())
            self._log(work, "rule.added", client_id, rule_id)
            work.commit()
            return rule_id

    def change(self, client_id: ClientId, rule_id: RuleId, rule: Rule) -> None:
        """Another rule in the same place, untested again. Raises UnknownRule and as `add`."""
        _refuse_unfit(rule)
        with self._storage.writing() as work:
            known = _find(work, client_id, rule_id)
            work.rules.save(StoredRule(rule_id, rule, known.place))
            self._log(work, "rule.changed", client_id, rule_id)
            work.commit()

    def move(self, client_id: ClientId, rule_id: RuleId, place: int) -> None:
        """To this place, 0 first; the others keep their order. Raises UnknownRule."""
        with self._storage.writing() as work:
            moved = _find(work, client_id, rule_id)
            others = [r for r in work.rules.load(client_id) if r.id != rule_id]
            for number, rule in enumerate((*others[:place], moved, *others[place:])):
                work.rules.save(replace(rule, place=number))
            work.commit()

    def remove(self, client_id: ClientId, rule_id: RuleId) -> None:
        """What it did stands. Raises UnknownRule."""
        with self._storage.writing() as work:
            work.rules.remove(_find(work, client_id, rule_id).id)
            self._log(work, "rule.removed", client_id, rule_id)
            work.commit()

    def test(self, client_id: ClientId, rule: Rule) -> RuleTest:
        """On the past twelve months; nothing is changed. Raises as `add`."""
        _refuse_unfit(rule)
        with self._storage.reading() as work:
            return self._test(work, client_id, rule)

    def switch_on(self, client_id: ClientId, rule_id: RuleId, *, in_spite_of_conflicts: bool = False) -> RuleTest:
        """Test it, and let it act. Raises UnknownRule, and RuleConflicts unless told to act in spite of them."""
        with self._storage.writing() as work:
            known = _find(work, client_id, rule_id)
            tested = self._test(work, client_id, known.rule)
            if tested.conflicts and not in_spite_of_conflicts:
                raise RuleConflicts(count=len(tested.conflicts))
            acting = replace(
                known,
                is_active=True,
                tested_at=self._clock.now(),
                agreements=tested.agreements,
                conflicts=len(tested.conflicts),
            )
            work.rules.save(acting)
            self._log(work, "rule.switched_on", client_id, rule_id)
            work.commit()
            return tested

    def switch_off(self, client_id: ClientId, rule_id: RuleId) -> None:
        """Raises UnknownRule."""
        with self._storage.writing() as work:
            work.rules.save(replace(_find(work, client_id, rule_id), is_active=False))
            self._log(work, "rule.switched_off", client_id, rule_id)
            work.commit()

    def suggestions(self, client_id: ClientId) -> tuple[SuggestedRule, ...]:
        """From the same posting of the same text at least three times with no exception, the most frequent first."""
        with self._storage.reading() as work:
            examples = work.learning.load_examples(client_id, TEACHERS)
            rules = work.rules.load(client_id)
        found = [s for alike in _alike(examples) if (s := _suggested(alike, examples, rules)) is not None]
        return tuple(sorted(found, key=lambda s: (-len(s.decisions), s.decisions)))

    def _test(self, work: UnitOfWork, client_id: ClientId, rule: Rule) -> RuleTest:
        since = self._clock.today() - timedelta(days=TESTED_DAYS)
        lines = work.transactions.load_of_client(client_id)
        return _tested(rule, lines, work.learning.load_examples(client_id, TEACHERS), since)

    def _log(self, work: UnitOfWork, code: str, client_id: ClientId, rule_id: RuleId) -> None:
        work.events.add(Event(self._clock.now(), PERSON, code, {"rule": str(rule_id)}, client_id=client_id))


def _find(work: UnitOfWork, client_id: ClientId, rule_id: RuleId) -> StoredRule:
    for rule in work.rules.load(client_id):
        if rule.id == rule_id:
            return rule
    raise UnknownRule(id=rule_id)


def _refuse_unfit(rule: Rule) -> None:
    if rule.conditions.is_empty:
        raise RuleTooWide
    if rule.effect is Effect.PREFER and not rule.preferred.strip():
        raise RuleIncomplete(effect=rule.effect.value)
    if rule.effect is Effect.POST:
        if rule.posting is None:
            raise RuleIncomplete(effect=rule.effect.value)
        ledger_account(rule.posting.account)


def _tested(rule: Rule, lines: Iterable[BankTransaction], examples: Iterable[Example], since: date) -> RuleTest:
    def is_meant(line: BankTransaction) -> bool:
        day = line.reported.booking_date
        is_booked = line.reported.status is BookingStatus.BOOKED
        return is_booked and day is not None and day >= since and rule.conditions.hold(line)

    decided = [e for e in examples if is_meant(e.transaction)]
    agreeing = [e for e in decided if _agrees(rule, e)]
    conflicts = [] if rule.effect is Effect.NEVER_AUTOMATIC else [e for e in decided if not _agrees(rule, e)]
    return RuleTest(since, sum(map(is_meant, lines)), len(agreeing), tuple(e.transaction.id for e in conflicts))


def _agrees(rule: Rule, example: Example) -> bool:
    if rule.effect is Effect.POST:
        return example.posting == rule.posting
    if rule.effect is Effect.PREFER:
        parties = {folded_name(document.counterparty) for document, _ in example.documents}
        return parties == {folded_name(rule.preferred)}
    return False


def _alike(examples: Iterable[Example]) -> Iterable[list[Example]]:
    """By what the text says, or by the counterparty where it says nothing."""
    by_text: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_text[signature(example.line)].append(example)
    return [alike for text, alike in sorted(by_text.items()) if text and len(alike) >= FEWEST_ALIKE]


def _suggested(
    alike: Sequence[Example], examples: Iterable[Example], rules: Iterable[StoredRule]
) -> SuggestedRule | None:
    posting = alike[0].posting
    if posting is None or any(e.posting != posting for e in alike):
        return None
    rule = Rule(_conditions(alike), Effect.POST, posting)
    lines = [e.transaction for e in alike]
    is_ruled = any(
        r.rule.effect is Effect.POST and r.rule.posting == posting and all(map(r.rule.conditions.hold, lines))
        for r in rules
    )
    if is_ruled or not all(map(rule.conditions.hold, lines)) or _tested(rule, (), examples, date.min).conflicts:
        return None
    return SuggestedRule(rule, tuple(e.decision for e in alike))


def _conditions(alike: Sequence[Example]) -> Conditions:
    first = alike[0].line
    ways = {e.line.amount > 0 for e in alike}
    direction = Direction.BOTH if len(ways) > 1 else Direction.IN if ways.pop() else Direction.OUT
    if all(telling_words(e.line.text) for e in alike):
        words = " ".join(telling_words(first.text))
        return Conditions(text=words, text_test=TextTest.WORDS, direction=direction)
    return Conditions(counterparty=first.counterparty, direction=direction)
