"""A person at work on one client, and what arrives meanwhile: every way in which a request becomes the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import AccountId, DecisionId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Posting, Proposal, ProposalKind
from kontali_desktop.domain.payment_parts import PartKind, PaymentPart
from kontali_desktop.matching.learnt import Example, FactKind, Learnt, learn
from kontali_desktop.matching.request import MatchRequest, TransactionProposals
from tests.benchmarks.matching.learning import reported_of

Answers = tuple[TransactionProposals, ...]
_T = TypeVar("_T")


class Desk:
    """Accepts, rejects and sets aside, one line after another, and is learnt from.

    With `anything`, a step may also be: take back the last one, teach or forget something, and lines, parts of lines,
    documents or own accounts that come, change or go.
    """

    def __init__(self, request: MatchRequest, rng: Random, *, anything: bool = False) -> None:
        self._rng = rng
        self._anything = anything
        held_back = sorted(request.transactions, key=lambda t: t.id)[::9] if anything else []
        self._to_come = {t.id: t for t in held_back}
        self.request = self._without(request, self._to_come)
        self._examples: list[Example] = []
        self._forgotten: dict[tuple[FactKind, str], DecisionId] = {}
        self._before: list[tuple[MatchRequest, list[Example]]] = []

    def decide(self, answers: Answers) -> str:
        """What was done."""
        was = self.request, list(self._examples)
        done = self._other_step() if self._anything and self._rng.random() < 0.45 else self._decision(answers)
        if done != "undo":
            self._before.append(was)
        return done

    def _decision(self, answers: Answers) -> str:
        offered = [(a.transaction_id, p) for a in answers for p in a.proposals]
        if not offered:
            return ""
        tid, proposal = self._rng.choice(offered)
        line = next(t for t in self.request.transactions if t.id == tid)
        way = self._rng.random()
        if way < 0.2:
            self.request = replace(self.request, rejected=self.request.rejected | {(tid, proposal.key)})
            return "reject"
        if way < 0.3:
            self.request = self._without(self.request, {tid})
            return "set aside"
        self._accept(line, proposal)
        return "accept"

    def _accept(self, line: BankTransaction, proposal: Proposal) -> None:
        request, gone = self.request, {line.id}
        if proposal.counter_transaction is not None:
            gone.add(proposal.counter_transaction)
        self.request = self._without(request, gone)
        if proposal.kind is not ProposalKind.DOCUMENTS:
            return
        paid: Counter[DocumentId] = Counter({x.document_id: abs(x.amount) for x in proposal.lines})
        books = [replace(i, open_amount=i.open_amount - paid[i.id]) if paid[i.id] else i for i in request.open_items]
        items = {i.id: i for i in request.open_items}
        documents = tuple((reported_of(items[x.document_id]), x.amount) for x in proposal.lines)
        self._teach(Example(self._next_decision(), line, documents, proposal.difference_reason))
        self.request = replace(
            self.request,
            open_items=tuple(i for i in books if i.open_amount),
            settled=(*request.settled, *(i for i in books if not i.open_amount)),
            paid_here=request.paid_here | {i.id for i in books if not i.open_amount},
        )

    def _next_decision(self) -> DecisionId:
        return DecisionId(max((e.decision for e in self._examples), default=0) + 1)

    def _teach(self, *examples: Example) -> None:
        self._examples += examples
        self._learnt(learn(self._examples, self._forgotten))

    def _learnt(self, learnt: Learnt) -> None:
        self.request = replace(self.request, learnt=learnt, known_accounts=learnt.known_accounts)

    def _other_step(self) -> str:
        steps = (
            self._undo,
            self._undo,
            self._teach_posting,
            self._forget,
            self._lines_come,
            self._line_changes,
            self._parts_come,
            self._parts_change,
            self._own_accounts_change,
            self._document_comes,
            self._document_changes,
            self._rejection_is_taken_back,
        )
        step = self._rng.choice(steps)
        step()
        return step.__name__.strip("_")

    def _undo(self) -> None:
        """The last step but those that came from outside are all taken back alike."""
        if self._before:
            self.request, self._examples = self._before.pop()

    def _teach_posting(self) -> None:
        line = self._any(self.request.transactions)
        if line is not None:
            posting = Posting(self._rng.choice(("7770", "6300")), "0")
            self.request = self._without(self.request, {line.id})
            self._teach(Example(self._next_decision(), line, posting=posting))

    def _forget(self) -> None:
        learnt = self.request.learnt
        known = [(FactKind.ACCOUNT, k) for k in learnt.accounts] + [(FactKind.PAYER, k) for k in learnt.payers]
        known += [(FactKind.TEXT, k) for k in learnt.texts] + [(FactKind.POSTING, k) for k in learnt.postings]
        known += [(FactKind.KID_LAYOUT, str(x.length)) for x in learnt.kid_layouts]
        fact = self._any(known + [(FactKind.HABIT, k) for k in learnt.habits])
        if fact is not None:
            self._forgotten[fact] = DecisionId(max((e.decision for e in self._examples), default=0))
            self._learnt(learn(self._examples, self._forgotten))

    def _lines_come(self) -> None:
        come = [t for t in self._to_come.values() if self._rng.random() < 0.3]
        twin = self._any(self.request.transactions)
        if twin is not None:
            come.append(replace(twin, id=TransactionId(max(t.id for t in self.request.transactions) + 1_000)))
        known = {t.id for t in self.request.transactions}
        lines = (*self.request.transactions, *(t for t in come if t.id not in known))
        self.request = replace(self.request, transactions=lines)

    def _line_changes(self) -> None:
        line, other = self._any(self.request.transactions), self._any(self.request.transactions)
        if line is not None and other is not None:
            what = {"text": other.reported.text, "kid": other.reported.kid, "amount": other.reported.amount}
            field = self._rng.choice(sorted(what))
            changed = replace(line, reported=replace(line.reported, **{field: what[field]}))  # type: ignore[arg-type]  # a field's own value
            lines = tuple(changed if t.id == line.id else t for t in self.request.transactions)
            self.request = replace(self.request, transactions=lines)

    def _parts_come(self) -> None:
        """A line turns out to be a sum, most often of what documents are of."""
        line = self._any(self.request.transactions)
        if line is not None:
            self._set_parts(line, [self._part() for _ in range(self._rng.choice((1, 1, 2, 3)))])

    def _parts_change(self) -> None:
        line = self._any([t for t in self.request.transactions if t.id in self.request.parts])
        if line is None:
            return
        parts = list(self.request.parts[line.id])
        if self._rng.random() < 0.3:
            self.request = replace(self.request, parts={t: p for t, p in self.request.parts.items() if t != line.id})
        else:
            place = self._rng.randrange(len(parts))
            parts[place] = self._part()
            self._set_parts(line, parts[:-1] if self._rng.random() < 0.5 else parts)

    def _part(self) -> PaymentPart:
        item = self._any(self.request.open_items)
        if item is None:
            return PaymentPart(12_345)
        kid, text = self._rng.choice(((item.kid, ""), ("", f"Faktura {item.number}"), ("", "")))
        return PaymentPart(item.bank_sign * item.open_amount, counterparty=item.counterparty, kid=kid, text=text)

    def _set_parts(self, line: BankTransaction, parts: Sequence[PaymentPart]) -> None:
        """They add up, but for now and then."""
        rest = line.reported.amount - sum(p.amount for p in parts)
        kind = self._rng.choice((PartKind.FEE, PartKind.PAYMENT))
        known = (*parts, PaymentPart(rest, kind)) if rest and self._rng.random() < 0.9 else tuple(parts)
        self.request = replace(self.request, parts={**self.request.parts, line.id: known})

    def _own_accounts_change(self) -> None:
        """One gets another number, none, or the one that a line names."""
        own = dict(self.request.own_accounts)
        named = [t.reported.counterparty_account for t in self.request.transactions if t.reported.counterparty_account]
        account = self._any(sorted({t.account_id for t in self.request.transactions} | own.keys())) or AccountId(1)
        number = self._rng.choice((None, "15030000009", self._any(named)))
        if number is None:
            own.pop(account, None)
        else:
            own[account] = number
        self.request = replace(self.request, own_accounts=own)

    def _document_comes(self) -> None:
        item = self._any((*self.request.open_items, *self.request.settled))
        if item is not None:
            known = (*self.request.open_items, *self.request.settled)
            new = replace(item, id=DocumentId(max(i.id for i in known) + 1), open_amount=item.amount)
            self.request = replace(self.request, open_items=(*self.request.open_items, new))

    def _document_changes(self) -> None:
        """The books say that more or less of it is open, or call it otherwise."""
        item = self._any(self.request.open_items)
        if item is not None:
            half = replace(item, open_amount=(item.open_amount + 1) // 2)
            changed = self._rng.choice((half, replace(item, open_amount=item.amount), replace(item, kid="123456")))
            self.request = replace(
                self.request, open_items=tuple(changed if i is item else i for i in self.request.open_items)
            )

    def _rejection_is_taken_back(self) -> None:
        rejection = self._any(sorted(self.request.rejected))
        self.request = replace(self.request, rejected=self.request.rejected - {rejection})

    def _any(self, among: Sequence[_T]) -> _T | None:
        return self._rng.choice(among) if among else None

    @staticmethod
    def _without(request: MatchRequest, gone: Container[TransactionId]) -> MatchRequest:
        return replace(request, transactions=tuple(t for t in request.transactions if t.id not in gone))
