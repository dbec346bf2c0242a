"""A client that a person has decided something about: who pays, how, with which KIDs, and what was wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kontali_desktop.domain.check_digits import mod10
from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.matches import Posting, Proposal, ProposalKind
from kontali_desktop.services.review import Decider, new_batch
from tests.services.conftest import Office
from tests.support import DAY, account_number, invoice, payment

SURE, REJECTED = "Faktura 20417", "Faktura 30591"
PAYERS = {"Bryggen Arkitekter AS": 41, "Sletta Mekaniske AS": 42, "Nordlys Bygg AS": 43}


def fill(office: Office) -> None:
    client = office.client()
    account = office.account(client)
    for place, name in enumerate(PAYERS):
        for late in range(4):
            _paid(office, name, 10_231 + 4 * place + late, late)
    _paid_by_another(office, client, account)
    _posted(office, client, account)
    office.receive(account, payment(20417_00, SURE, "Bjørk Design AS"), payment(3059_00, REJECTED, "Kari Hansen"))
    office.hold(client, invoice("20417", 20417_00, "Bjørk Design AS"), invoice("30591", 3059_00, "Kari Hansen"))
    office.propose.run()
    office.review.reject(office.item(REJECTED).id)


def _paid(office: Office, name: str, number: int, late: int) -> None:
    client, from_account = office.client(), PAYERS[name]
    with office.storage.reading() as work:
        (account,) = work.accounts.load_all(client.id)
    amount = 1_000_00 + number
    body = f"00{number}0{from_account}"
    kid = body + mod10(body)
    line = payment(amount, f"Faktura {number}", name, kid=kid, day=DAY + timedelta(days=late - 1))
    office.receive(account, replace(line, counterparty_account=account_number(from_account)))
    office.hold(client, invoice(str(number), amount, name, kid=kid, counterparty_number=f"100{from_account}"))
    office.propose.run()
    office.review.accept(office.item(f"Faktura {number}").id)


def _paid_by_another(office: Office, client: Client, account: BankAccount) -> None:
    office.receive(account, payment(8_125_00, "Faktura 10299", "Ola Nordmann"))
    office.hold(client, invoice("10299", 8_125_00, "Bjørk Design AS"))
    office.propose.run()
    office.review.accept(office.item("Faktura 10299").id)


def _posted(office: Office, client: Client, account: BankAccount) -> None:
    office.receive(account, *(payment(-(300_00 + n), f"EASYPARK {n}", day=DAY) for n in range(3)))
    posting = Proposal(ProposalKind.DIRECT_POSTING, 0.9, 1, posting=Posting("7140", "1"))
    with office.storage.writing() as work:
        decider = Decider(work, office.clock.now(), "person", new_batch())
        for n in range(3):
            decider.accept(office.item(f"EASYPARK {n}").id, posting)
        work.commit()
