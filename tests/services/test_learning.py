"""What a person's decisions teach, from the decision log alone; and forgetting it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.ids import DecisionId
from kontali_desktop.matching.learnt import FactKind
from kontali_desktop.services.learning import Learning
from tests.services.conftest import Office
from tests.support import account_number, invoice, payment


@pytest.fixture
def learning(office: Office) -> Learning:
    return Learning(office.storage, office.clock)


def paid(text: str, account: str, amount: int = 1_000_00, payer: str = "Ola Hansen") -> object:
    return replace(payment(amount, text, payer), counterparty_account=account)


def fill(office: Office, mode: Mode = Mode.OFF) -> None:
    client = office.client(1, mode)
    account = office.account(client)
    office.receive(account, paid("Faktura 10234", account_number(7)))  # type: ignore[arg-type]  # a ReportedTransaction
    office.hold(client, invoice("10234", 1_000_00, "Bryggen AS"))
    office.propose.run()


def test_an_accept_teaches_at_once_and_its_undo_unteaches(office: Office, learning: Learning) -> None:
    fill(office)
    client = office.client()
    assert learning.load(client.id).accounts == {}
    office.review.accept(office.item("Faktura 10234").id)
    learnt = learning.load(client.id)
    assert learnt.known_accounts == {account_number(7): frozenset({"Bryggen AS"})}
    assert {f.kind for f in learning.facts(client.id)} == {FactKind.ACCOUNT, FactKind.PAYER, FactKind.HABIT}
    assert all(f.decisions == (DecisionId(1),) for f in learning.facts(client.id))
    office.review.undo()
    assert learning.facts(client.id) == ()


def test_the_program_never_learns_from_itself(office: Office, learning: Learning) -> None:
    fill(office, Mode.BALANCED)
    assert office.item("Faktura 10234").status == "auto_accepted"
    assert learning.facts(office.client().id) == ()


def test_what_was_learnt_is_used_for_the_next_payment(office: Office, learning: Learning) -> None:
    fill(office)
    client = office.client()
    office.review.accept(office.item("Faktura 10234").id)
    with office.storage.reading() as work:
        account = work.accounts.load_all()[0]
    office.receive(account, paid("takk", account_number(7), 777_00))  # type: ignore[arg-type]  # a ReportedTransaction
    office.hold(client, invoice("20001", 777_00, "Bryggen AS"), invoice("20002", 777_00, "Nordlys AS"))
    office.propose.run()
    proposal = office.item("takk").proposal
    assert proposal is not None
    assert [x.number for x in proposal.lines] == ["20001"]
    assert "counterparty_account" in {e.signal for e in proposal.evidence}


def test_forgetting_is_for_what_was_until_now(office: Office, learning: Learning) -> None:
    fill(office)
    client = office.client()
    office.review.accept(office.item("Faktura 10234").id)
    learning.forget(client.id, FactKind.ACCOUNT, account_number(7))
    assert learning.load(client.id).accounts == {}
    assert learning.load(client.id).payers != {}
    office.review.undo()
    office.review.accept(office.item("Faktura 10234").id)
    assert list(learning.load(client.id).accounts) == [account_number(7)]
    with office.storage.reading() as work:
        assert "learning.forgotten" in [e.code for e in work.events.load(None, 10)]


def test_nothing_of_one_client_reaches_another(office: Office, learning: Learning) -> None:
    fill(office)
    other = office.client(2)
    office.review.accept(office.item("Faktura 10234").id)
    assert learning.facts(other.id) == ()
    office.receive(office.account(other, 2), payment(500_00, "Faktura 555", "Nordlys AS"))
    office.hold(other, invoice("555", 500_00, "Nordlys AS"))
    office.propose.run()
    office.review.accept(office.item("Faktura 555").id)
    learning.forget(other.id, FactKind.ACCOUNT, account_number(7))
    assert list(learning.load(office.client().id).accounts) == [account_number(7)]
