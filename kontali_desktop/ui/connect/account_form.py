"""The choice of accounts: whose each one probably is, and what a person's answers make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kontali_desktop.domain.bank import ReportedAccount
from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.services.clients import NewClient
from kontali_desktop.services.connect import AccountChoice, OfferedAccount


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An offered account with the answers that are filled in beforehand.

    `new_client` is the one to be made of the account's owner; it is what is meant where `client_id` is None.
    An account that is known already stays with its client (`is_fixed`).
    """

    reported: ReportedAccount
    client_id: ClientId | None
    new_client: NewClient
    is_fixed: bool = False
    is_chosen: bool = True
    booked_to: date | None = None


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """What a person answered for one account; without a client a new one is made, by its owner's name."""

    is_chosen: bool
    client_id: ClientId | None
    booked_to: date | None


def account_rows(
    offered: Sequence[OfferedAccount],
    clients: Sequence[Client],
    wanted: NewClient | None,
    renews: ConnectionId | None,
) -> tuple[AccountRow, ...]:
    """`wanted` is a company that the person named before signing in."""
    renewed = [o for o in offered if o.known is not None and o.known.connection_id == renews]
    is_first_named = wanted is not None and not clients
    wanted_name = _folded(wanted.name) if wanted is not None else ""
    rows = []
    for one in offered:
        reported = one.reported
        owner = NewClient(reported.owner_orgnr, reported.owner_name or reported.name or reported.number)
        is_same = wanted is not None and wanted.orgnr == reported.owner_orgnr != ""
        is_named = wanted_name == _folded(reported.owner_name) != ""
        if wanted is not None and (is_first_named or is_same or is_named):
            owner = NewClient(wanted.orgnr, wanted.name or owner.name)
        if one.known is not None:
            rows.append(_known_row(one.known, reported, owner, is_chosen=not renewed or one in renewed))
        else:
            rows.append(AccountRow(reported, _owner_among(clients, owner), owner))
    return tuple(rows)


def _known_row(known: BankAccount, reported: ReportedAccount, owner: NewClient, *, is_chosen: bool) -> AccountRow:
    return AccountRow(reported, known.client_id, owner, is_fixed=True, is_chosen=is_chosen, booked_to=known.booked_to)


def _owner_among(clients: Sequence[Client], owner: NewClient) -> ClientId | None:
    """By organisation number, else by name, where just one client has it."""
    by_number = [c for c in clients if owner.orgnr and c.orgnr == owner.orgnr]
    by_name = [c for c in clients if _folded(c.name) == _folded(owner.name)]
    found = by_number or by_name
    return found[0].id if len(found) == 1 else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def account_choices(
    rows: Sequence[AccountRow], answers: Sequence[AccountAnswer], new_clients: dict[str, NewClient]
) -> tuple[AccountChoice, ...]:
    """What `ConnectBank.keep` stores; `new_clients` are the confirmed ones by their owner's name."""
    return tuple(
        AccountChoice(
            row.reported,
            new_clients[row.new_client.name] if answer.client_id is None else answer.client_id,
            answer.booked_to,
        )
        for row, answer in zip(rows, answers, strict=True)
        if answer.is_chosen
    )
