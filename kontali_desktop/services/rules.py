"""Rules of the user's own: kept in order, tested on the past twelve months before they may act, and suggested."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kontali_desktop.domain.check_digits import ACCOUNT_NUMBER_LENGTH, account_number_of, is_account_number
from kontali_desktop.domain.errors import (
    NotAnAccountNumber,
    RuleAmountsBackwards,
    RuleBroken,
    RuleConflicts,
    RuleIncomplete,
    RuleTooWide,
    UnknownRule,
)
from kontali_desktop.domain.ids import ClientId, DecisionId, RuleId
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule, TextTest
from kontali_desktop.domain.text_words import signature, telling_words
from kontali_desktop.matching.learnt import Example, FactKind
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.learning import MOST_EXAMPLES
from kontali_desktop.services.learning_storage import ForgottenFact, StoredRule
from kontali_desktop.services.like_lines import LikeLines
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.posting_accounts import ledger_account, standard_vat_code
from kontali_desktop.services.rule_tests import Past, RuleTest, load_past
from kontali_desktop.services.storage import Event, Storage, UnitOfWork

TESTED_DAYS = 365
FEWEST_ALIKE = 3  # the same posting so often, with no exception, is a rule that nobody has written down


@dataclass(frozen=True, slots=True)
class SuggestedRule:
    """A rule that repeated handwork follows already, with the decisions that say so."""

    rule: Rule
    decisions: tuple[DecisionId, ...]
    key: str = ""  # what it is dismissed by


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

        Raises RuleTooWide, RuleIncomplete, NotALedgerAccount, NotAVatCode.
        """
        _refuse_unfit(rule)
        with self._storage.writing() as work:
            rule_id = work.rules.add(client_id, rule, self._clock.now())
            self._log(work, "rule.added", client_id, _find(work.rules.load(client_id), rule_id))
            work.commit()
            return rule_id

    def change(self, client_id: ClientId, rule_id: RuleId, rule: Rule) -> None:
        """Another rule in the same place, untested again. Raises UnknownRule and as `add`."""
        _refuse_unfit(rule)
        self._rework(client_id, rule_id, "rule.changed", lambda known: StoredRule(rule_id, rule, known.place))

    def move(self, client_id: ClientId, rule_id: RuleId, place: int) -> None:
        """To this place, 0 first; the others keep their order. Raises UnknownRule."""
        self._rework(client_id, rule_id, "rule.moved", lambda known: known, place=max(0, place))

    def remove(self, client_id: ClientId, rule_id: RuleId) -> None:
        """What it did stands. Raises UnknownRule."""
        self._rework(client_id, rule_id, "rule.removed", lambda _known: None)

    def test(self, client_id: ClientId, rule: Rule, rule_id: RuleId | None = None) -> RuleTest:
        """On the past twelve months; nothing is changed. Raises as `add`.

        In the place of the one with this id, else last: what an acting rule before it decides is not its own.
        """
        _refuse_unfit(rule)
        with self._storage.reading() as work:
            return self._past(work, client_id).test(rule, _earlier(work.rules.load(client_id), rule_id))

    def switch_on(self, client_id: ClientId, rule_id: RuleId, *, in_spite_of_conflicts: bool = False) -> RuleTest:
        """Test it, and let it act. Raises UnknownRule, and RuleConflicts unless told to act in spite of them."""

        def switched(known: StoredRule) -> StoredRule:
            return replace(known, is_active=True, tested_at=None)

        tests = self._rework(client_id, rule_id, "rule.switched_on", switched, may_conflict=in_spite_of_conflicts)
        return tests[rule_id]

    def switch_off(self, client_id: ClientId, rule_id: RuleId) -> None:
        """Raises UnknownRule."""
        self._rework(client_id, rule_id, "rule.switched_off", lambda known: replace(known, is_active=False))

    def suggestions(self, client_id: ClientId) -> tuple[SuggestedRule, ...]:
        """From the same posting of the same text at least three times with no exception, the most frequent first."""
        with self._storage.reading() as work:
            examples = work.learning.load_examples(client_id, most=MOST_EXAMPLES)
            rules = work.rules.load(client_id)
            forgotten = work.learning.load_forgotten(client_id)
        dismissed = {f.key for f in forgotten if f.kind is FactKind.SUGGESTED_RULE}
        like = LikeLines(examples)
        found = [s for alike in _alike(examples) if (s := _suggested(alike, like, rules)) is not None]
        kept = [s for s in found if s.key not in dismissed]
        return tuple(sorted(kept, key=lambda s: (-len(s.decisions), s.decisions)))

    def dismiss(self, client_id: ClientId, suggested: SuggestedRule) -> None:
        """Never suggest this text on this account again."""
        with self._storage.writing() as work:
            now = self._clock.now()
            last = work.learning.last_decision(client_id)
            work.learning.forget(client_id, ForgottenFact(FactKind.SUGGESTED_RULE, suggested.key, now, last))
            conditions = suggested.rule.conditions
            facts = {"text": conditions.text or conditions.counterparty}
            work.events.add(Event(now, PERSON, "rule.suggestion_dismissed", facts, client_id=client_id))
            work.commit()

    def _past(self, work: UnitOfWork, client_id: ClientId) -> Past:
        return load_past(work, client_id, self._clock.today() - timedelta(days=TESTED_DAYS))

    def _rework(
        self,
        client_id: ClientId,
        rule_id: RuleId,
        code: str,
        rework: Callable[[StoredRule], StoredRule | None],
        *,
        place: int | None = None,
        may_conflict: bool = True,
    ) -> dict[RuleId, RuleTest]:
        """One rule becomes another, or nothing; the acting ones are tested in the order that follows from it.

        Twenty rules over a year's lines take a while, so that is done before the database is locked for writing, and
        once more where somebody has decided or changed something meanwhile.
        """
        while True:
            with self._storage.reading() as work:
                rules = work.rules.load(client_id)
                known = _find(rules, rule_id)
                wanted = _with_other(rules, known, rework(known), place)
                past = self._past(work, client_id) if any(r.is_active for r in wanted) else None
                last = work.learning.last_decision(client_id)
            tests = _tests(wanted, past) if past is not None else {}
            if rule_id in tests and tests[rule_id].conflicts and not may_conflict:
                raise RuleConflicts(count=len(tests[rule_id].conflicts))
            with self._storage.writing() as work:
                if (work.rules.load(client_id), work.learning.last_decision(client_id)) != (rules, last):
                    continue
                self._store(work, rules, wanted, tests)
                self._log(work, code, client_id, next((r for r in wanted if r.id == rule_id), known))
                work.commit()
                return tests

    def _store(
        self,
        work: UnitOfWork,
        before: Sequence[StoredRule],
        wanted: Sequence[StoredRule],
        tests: Mapping[RuleId, RuleTest],
    ) -> None:
        """What has changed of them.

        One that has come into conflict by it goes on proposing, and no longer posts by itself.
        """
        for rule_id in {r.id for r in before} - {r.id for r in wanted}:
            work.rules.remove(rule_id)
        for rule in wanted:
            tested = _with(rule, tests[rule.id], self._clock.now()) if rule.id in tests else rule
            is_news = (tested.agreements, tested.conflicts) != (rule.agreements, rule.conflicts)
            if is_news or rule.tested_at is None:
                work.rules.save(tested)
            elif rule not in before:
                work.rules.save(rule)

    def _log(self, work: UnitOfWork, code: str, client_id: ClientId, rule: StoredRule) -> None:
        facts = {"rule": str(rule.id)}
        of = rule.rule.conditions
        about = of.text or of.counterparty or of.counterparty_account
        if about:
            facts["about"] = about
        work.events.add(Event(self._clock.now(), PERSON, code, facts, client_id=client_id))


def _find(rules: Iterable[StoredRule], rule_id: RuleId) -> StoredRule:
    for rule in rules:
        if rule.id == rule_id:
            return rule
    raise UnknownRule(id=rule_id)


def _with_other(
    rules: Sequence[StoredRule], known: StoredRule, now: StoredRule | None, place: int | None
) -> tuple[StoredRule, ...]:
    """With another in its stead, or without it; at another place all of them are numbered anew."""
    if place is None:
        swapped = (now if r is known else r for r in rules)
        return tuple(r for r in swapped if r is not None)
    others = [r for r in rules if r is not known]
    if now is not None:
        others.insert(place, now)
    return tuple(replace(r, place=number) for number, r in enumerate(others))


def _tests(rules: Sequence[StoredRule], past: Past) -> dict[RuleId, RuleTest]:
    """The order says which rule decides on a line: what each acting one's test says follows it."""
    return {r.id: past.test(r.rule, _earlier(rules, r.id)) for r in rules if r.is_active}


def _earlier(rules: Sequence[StoredRule], rule_id: RuleId | None) -> tuple[Rule, ...]:
    """The acting ones that are asked before this one; all of them before one that is not kept yet."""
    place = next((n for n, r in enumerate(rules) if r.id == rule_id), len(rules))
    return tuple(r.rule for r in rules[:place] if r.is_active)


def _with(known: StoredRule, tested: RuleTest, now: datetime) -> StoredRule:
    return replace(known, tested_at=now, agreements=tested.agreements, conflicts=len(tested.conflicts))


def unfit(rule: Rule) -> Iterator[RuleBroken]:
    """Why it cannot be kept, each reason once."""
    conditions = rule.conditions
    if conditions.is_empty:
        yield RuleTooWide()
    number = account_number_of(conditions.counterparty_account)
    if len(number) == ACCOUNT_NUMBER_LENGTH and number.isdigit() and not is_account_number(number):
        yield NotAnAccountNumber(text=number)
    low, high = conditions.amount_from, conditions.amount_to
    if low is not None and high is not None and low > high:
        yield RuleAmountsBackwards(low=low, high=high)
    is_incomplete = (rule.effect is Effect.PREFER and not rule.preferred.strip()) or (
        rule.effect is Effect.POST and rule.posting is None
    )
    if is_incomplete:
        yield RuleIncomplete(effect=rule.effect.value)
    if rule.effect is Effect.POST and rule.posting is not None:
        yield from _refused(ledger_account, rule.posting.account)
        yield from _refused(standard_vat_code, rule.posting.vat_code)


def _refused(check: Callable[[str], str], text: str) -> Iterator[RuleBroken]:
    try:
        check(text)
    except RuleBroken as error:
        yield error


def _refuse_unfit(rule: Rule) -> None:
    for error in unfit(rule):
        raise error


def _alike(examples: Iterable[Example]) -> Iterable[list[Example]]:
    """By what the text says, or by the counterparty where it says nothing."""
    by_text: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_text[signature(example.line)].append(example)
    return [alike for text, alike in sorted(by_text.items()) if text and len(alike) >= FEWEST_ALIKE]


def _suggested(alike: Sequence[Example], like: LikeLines, rules: Iterable[StoredRule]) -> SuggestedRule | None:
    posting = alike[0].posting
    if posting is None or any(e.posting != posting for e in alike):
        return None
    rule = Rule(_conditions(alike), Effect.POST, posting)
    lines = [e.transaction for e in alike]
    is_ruled = any(
        r.rule.effect is Effect.POST and r.rule.posting == posting and all(map(r.rule.conditions.hold, lines))
        for r in rules
    )
    near = like.near(rule.conditions)
    has_exception = any(e.posting != posting and rule.conditions.hold(e.transaction) for e in near)
    if is_ruled or has_exception or not all(map(rule.conditions.hold, lines)):
        return None
    key = f"{signature(alike[0].line)} {posting.account}/{posting.vat_code}"
    return SuggestedRule(rule, tuple(e.decision for e in alike), key)


def _conditions(alike: Sequence[Example]) -> Conditions:
    first = alike[0].line
    ways = {e.line.amount > 0 for e in alike}
    direction = Direction.BOTH if len(ways) > 1 else Direction.IN if ways.pop() else Direction.OUT
    if all(telling_words(e.line.text) for e in alike):
        words = " ".join(telling_words(first.text))
        return Conditions(text=words, text_test=TextTest.WORDS, direction=direction)
    return Conditions(counterparty=first.counterparty, direction=direction)
