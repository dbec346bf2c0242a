"""Rules of the user's own: tested before they act, and suggested from repeated handwork."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kontali_desktop.domain.autonomy import EvidenceKind, Mode, Veto
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.errors import NotALedgerAccount, RuleConflicts, RuleIncomplete, RuleTooWide, UnknownRule
from kontali_desktop.domain.matches import Posting, Proposal, ProposalKind, QueueStatus
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule, TextTest
from kontali_desktop.services.rules import Rules
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment

RENT = Posting("6300", "1")
POST_RENT = Rule(Conditions(text="husleie"), Effect.POST, RENT)


class Desk:
    """One client with a person who posts by hand."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.client: Client = office.client()
        self.account: BankAccount = office.account(self.client)
        self.rules = Rules(office.storage, office.clock)

    def receive(self, *texts: str, amount: int = -5_000_00, counterparty: str = "") -> None:
        for n, text in enumerate(texts):
            self.office.receive(self.account, payment(amount - n, text, counterparty, day=DAY - timedelta(days=n)))
        self.office.propose.run()

    def post(self, text: str, posting: Posting = RENT) -> None:
        """As a person does by hand: no proposal was there for it."""
        proposal = Proposal(ProposalKind.DIRECT_POSTING, 0.5, 1, posting=posting)
        item = self.office.item(text)
        with self.office.storage.writing() as work:
            work.matches.set_proposals(item.id, (proposal,))
            work.commit()
        self.office.review.accept(item.id)

    def first(self, text: str) -> Proposal | None:
        return self.office.item(text).proposal


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def test_a_rule_that_cannot_act_is_refused(desk: Desk) -> None:
    add = desk.rules.add
    with pytest.raises(RuleTooWide):
        add(desk.client.id, Rule(Conditions(), Effect.POST, RENT))
    with pytest.raises(RuleIncomplete):
        add(desk.client.id, Rule(Conditions(text="x"), Effect.POST))
    with pytest.raises(RuleIncomplete):
        add(desk.client.id, Rule(Conditions(text="x"), Effect.PREFER, preferred=" "))
    with pytest.raises(NotALedgerAccount):
        add(desk.client.id, Rule(Conditions(text="x"), Effect.POST, Posting("leie")))
    assert desk.rules.load(desk.client.id) == ()


def test_a_rule_acts_only_when_it_was_switched_on(desk: Desk) -> None:
    rule = desk.rules.add(desk.client.id, POST_RENT)
    desk.receive("HUSLEIE kontor")
    assert desk.first("HUSLEIE kontor") is None
    tested = desk.rules.switch_on(desk.client.id, rule)
    assert (tested.hits, tested.agreements, tested.conflicts) == (1, 0, ())
    desk.office.propose.run()
    proposal = desk.first("HUSLEIE kontor")
    assert proposal is not None
    assert (proposal.kind, proposal.posting) == (ProposalKind.DIRECT_POSTING, RENT)
    assert [e.signal for e in proposal.evidence] == ["rule"]
    assert proposal.confidence == 0.5  # nobody has decided such a line yet
    desk.rules.switch_off(desk.client.id, rule)
    desk.office.propose.run()
    assert desk.first("HUSLEIE kontor") is None


def test_a_rejected_posting_of_a_rule_stays_away(desk: Desk) -> None:
    desk.rules.switch_on(desk.client.id, desk.rules.add(desk.client.id, POST_RENT))
    desk.receive("HUSLEIE kontor")
    desk.office.review.reject(desk.office.item("HUSLEIE kontor").id)
    desk.office.propose.run()
    assert desk.first("HUSLEIE kontor") is None


def test_conflicts_with_what_a_person_decided_want_an_explicit_yes(desk: Desk) -> None:
    desk.receive("husleie a", "husleie b", "husleie c")
    desk.post("husleie a")
    desk.post("husleie b", Posting("7770", "0"))
    rule = desk.rules.add(desk.client.id, POST_RENT)
    tested = desk.rules.test(desk.client.id, POST_RENT)
    assert (tested.hits, tested.agreements) == (3, 1)
    assert tested.conflicts == (desk.office.item("husleie b").id,)
    with pytest.raises(RuleConflicts):
        desk.rules.switch_on(desk.client.id, rule)
    assert not desk.rules.load(desk.client.id)[0].is_active
    desk.rules.switch_on(desk.client.id, rule, in_spite_of_conflicts=True)
    assert desk.rules.load(desk.client.id)[0].conflicts == 1


def test_only_the_past_twelve_months_count(desk: Desk) -> None:
    desk.receive("husleie a")
    desk.post("husleie a", Posting("7770", "0"))
    desk.office.clock.moment += timedelta(days=400)
    assert desk.rules.test(desk.client.id, POST_RENT).hits == 0


@pytest.mark.parametrize(("is_automatic", "has_conflict", "status"), [
    (True, False, QueueStatus.DIRECTLY_POSTED),
    (False, False, QueueStatus.PROPOSED),
    (True, True, QueueStatus.PROPOSED),
])  # fmt: skip
def test_a_rule_posts_by_itself_only_if_told_so_and_without_conflict(
    desk: Desk,
    is_automatic: bool,  # noqa: FBT001 - a table's column
    has_conflict: bool,  # noqa: FBT001 - a table's column
    status: QueueStatus,
) -> None:
    desk.receive("husleie a")
    desk.post("husleie a", Posting("7770", "0") if has_conflict else RENT)
    rule = desk.rules.add(desk.client.id, replace(POST_RENT, is_automatic=is_automatic))
    desk.rules.switch_on(desk.client.id, rule, in_spite_of_conflicts=True)
    desk.office.clients.save_settings(desk.client.id, ClientSettings(mode=Mode.BALANCED))
    desk.receive("husleie ny", amount=-6_000_00)
    assert desk.office.item("husleie ny").status is status


def test_what_a_rule_posted_and_a_person_undid_is_left_to_the_person(desk: Desk) -> None:
    rule = desk.rules.add(desk.client.id, replace(POST_RENT, is_automatic=True))
    desk.rules.switch_on(desk.client.id, rule)
    desk.office.clients.save_settings(desk.client.id, ClientSettings())
    desk.receive("husleie a", counterparty="Gårdeier AS")
    desk.office.review.undo()
    desk.receive("husleie b", amount=-6_000_00, counterparty="Gårdeier AS")
    verdict = desk.office.verdict(desk.office.item("husleie b"))
    assert (verdict.kind, verdict.vetoes) == (EvidenceKind.RULE, (Veto.TAKEN_BACK,))


def test_never_automatic_holds_back_what_is_sure(desk: Desk) -> None:
    never = Rule(Conditions(counterparty="Bryggen"), Effect.NEVER_AUTOMATIC)
    desk.rules.switch_on(desk.client.id, desk.rules.add(desk.client.id, never))
    desk.office.clients.save_settings(desk.client.id, ClientSettings())
    desk.office.hold(desk.client, invoice("10234", 1_000_00))
    desk.receive("Faktura 10234", amount=1_000_00, counterparty="Bryggen Arkitekter AS")
    item = desk.office.item("Faktura 10234")
    assert item.status is QueueStatus.PROPOSED
    assert desk.office.verdict(item).vetoes == (Veto.RULE,)


def test_what_is_sure_stays_before_a_rule(desk: Desk) -> None:
    desk.rules.switch_on(
        desk.client.id, desk.rules.add(desk.client.id, Rule(Conditions(text="faktura"), Effect.POST, RENT))
    )
    desk.office.hold(desk.client, invoice("10234", 1_000_00))
    desk.receive("Faktura 10234", amount=1_000_00, counterparty="Bryggen Arkitekter AS")
    item = desk.office.item("Faktura 10234")
    assert item.proposal is not None
    assert item.proposal.kind is ProposalKind.DOCUMENTS
    assert RENT in [a.posting for a in item.alternatives]


def test_a_preferred_counterparty_s_documents_come_first(desk: Desk) -> None:
    desk.office.hold(
        desk.client, invoice("1", 1_000_00, "Bryggen AS", due_date=DAY), invoice("2", 1_000_00, "Nordlys AS")
    )
    desk.receive("takk", amount=1_000_00)
    item = desk.office.item("takk")
    assert item.proposal is not None
    names = [item.proposal.lines[0].counterparty, *(a.lines[0].counterparty for a in item.alternatives if a.lines)]
    assert set(names) == {"Bryggen AS", "Nordlys AS"}
    rule = Rule(Conditions(text="takk"), Effect.PREFER, preferred=names[1])
    desk.rules.switch_on(desk.client.id, desk.rules.add(desk.client.id, rule))
    desk.office.propose.run()
    now = desk.office.item("takk").proposal
    assert now is not None
    assert now.lines[0].counterparty == names[1]


def test_order_is_the_person_s_and_the_first_that_fits_decides(desk: Desk) -> None:
    add = desk.rules.add
    wide = add(desk.client.id, POST_RENT)
    narrow = add(desk.client.id, Rule(Conditions(text="husleie lager"), Effect.POST, Posting("6340", "1")))
    for rule in (wide, narrow):
        desk.rules.switch_on(desk.client.id, rule)
    desk.rules.move(desk.client.id, narrow, 0)
    assert [(r.id, r.place) for r in desk.rules.load(desk.client.id)] == [(narrow, 0), (wide, 1)]
    desk.receive("Husleie lager")
    proposal = desk.first("Husleie lager")
    assert proposal is not None
    assert proposal.posting == Posting("6340", "1")
    desk.rules.change(desk.client.id, narrow, POST_RENT)
    assert not desk.rules.load(desk.client.id)[0].is_active  # another rule now, untested
    desk.rules.remove(desk.client.id, narrow)
    assert [r.id for r in desk.rules.load(desk.client.id)] == [wide]


def test_one_client_s_rules_are_not_another_s(desk: Desk) -> None:
    rule = desk.rules.add(desk.client.id, POST_RENT)
    other = desk.office.client(2)
    assert desk.rules.load(other.id) == ()
    with pytest.raises(UnknownRule):
        desk.rules.switch_on(other.id, rule)
    with pytest.raises(UnknownRule):
        desk.rules.remove(other.id, rule)


def test_the_same_posting_three_times_is_suggested(desk: Desk) -> None:
    texts = [f"Husleie kontor {month} 2026" for month in ("januar", "februar", "mars", "april")]
    desk.receive(*texts)
    for text in texts[:2]:
        desk.post(text)
    assert desk.rules.suggestions(desk.client.id) == ()
    desk.post(texts[2])
    (suggested,) = desk.rules.suggestions(desk.client.id)
    conditions = Conditions(text="husleie kontor", text_test=TextTest.WORDS, direction=Direction.OUT)
    assert suggested.rule == Rule(conditions, Effect.POST, RENT)
    assert len(suggested.decisions) == 3
    desk.rules.add(desk.client.id, suggested.rule)
    assert desk.rules.suggestions(desk.client.id) == ()  # it is written down now


def test_one_exception_and_nothing_is_suggested(desk: Desk) -> None:
    texts = [f"Husleie kontor {n}" for n in range(4)]
    desk.receive(*texts)
    for text in texts[:3]:
        desk.post(text)
    desk.post(texts[3], Posting("7770", "0"))
    assert desk.rules.suggestions(desk.client.id) == ()


def test_lines_without_text_are_known_by_their_counterparty(desk: Desk) -> None:
    for n in range(3):
        desk.receive(str(n), amount=-100_00 - n, counterparty="Telenor")
        desk.post(str(n), Posting("6900", "1"))
    (suggested,) = desk.rules.suggestions(desk.client.id)
    assert suggested.rule.conditions == Conditions(counterparty="Telenor", direction=Direction.OUT)
