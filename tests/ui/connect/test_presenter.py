"""From "Koble til bank" to the first proposals, over the real demo bank; and every way of not getting there."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest

from kontali_desktop.domain.connections import ConnectionState
from kontali_desktop.domain.errors import NotAnOrganisationNumber
from kontali_desktop.services.clients import NewClient
from kontali_desktop.services.errors import BankNotConfigured, KeychainUnavailable, ServiceUnreachable
from kontali_desktop.services.synchronise import Synchronise, SyncReport
from kontali_desktop.ui.connect.account_form import AccountAnswer, account_choices
from kontali_desktop.ui.connect.steps import (
    ChooseAccounts,
    ChooseBank,
    Contacting,
    Done,
    Fetching,
    InBrowser,
    InView,
    Problem,
    Saving,
    WayOut,
)
from tests.demo_bank.running import RunningBank
from tests.fakes.user_agent import Behaviour
from tests.ui.connect.connecting import Connecting, connecting
from tests.ui.program import FJORD, Program
from tests.ui.waiting import until


@pytest.fixture
def one(program: Program, demo_bank: RunningBank) -> Connecting:
    return connecting(program, demo_bank)


async def test_the_whole_way(one: Connecting) -> None:
    one.presenter.begin()
    offered = await one.reach(ChooseAccounts)
    assert len(offered.rows) >= 2
    assert all(row.new_client.name and row.client_id is None for row in offered.rows)
    assert one.has_nothing()
    one.keep_all(offered, FJORD)
    done = await one.reach(Done)
    assert done.report.total.added > 100
    kinds = [kind for kind, _ in groupby(type(step) for step in one.steps)]
    assert kinds == [Contacting, InView, Contacting, ChooseAccounts, Saving, Fetching, Done]
    progress = [step.progress for step in one.steps if isinstance(step, Fetching) and step.progress]
    assert [p.transactions for p in progress] == sorted(p.transactions for p in progress)
    assert len(progress) > len(offered.rows)
    assert one.embedded.attempts[0].is_closed
    clients = one.program.core.clients.load_all()
    assert [(c.orgnr, c.name) for c in clients] == [(FJORD.orgnr, FJORD.name)]
    assert len(one.program.keychain.secrets) == 1
    one.presenter.show_review()
    assert one.screens == ["review"]
    assert one.presenter.step is None


async def test_a_company_named_beforehand_gets_the_accounts_and_the_banks_name(one: Connecting) -> None:
    one.presenter.begin(NewClient(FJORD.orgnr))
    offered = await one.reach(ChooseAccounts)
    owners = {row.reported.owner_name for row in offered.rows}
    assert {row.new_client for row in offered.rows} == {NewClient(FJORD.orgnr, name) for name in owners}


async def test_an_owner_who_is_a_client_already_is_found_by_name(one: Connecting) -> None:
    one.presenter.begin()
    owner = (await one.reach(ChooseAccounts)).rows[0].reported.owner_name
    one.presenter.cancel()
    await one.reach_end()
    client, _ = one.program.core.clients.add(owner.upper(), FJORD.orgnr)
    one.presenter.begin()
    assert {row.client_id for row in (await one.reach(ChooseAccounts)).rows} == {client.id}


async def test_only_the_chosen_accounts_are_kept_with_their_start(one: Connecting) -> None:
    one.presenter.begin()
    offered = await one.reach(ChooseAccounts)
    start = date(2026, 10, 31)
    answers = [
        AccountAnswer(is_chosen=number == 0, client_id=None, booked_to=start) for number in range(len(offered.rows))
    ]
    one.presenter.keep(account_choices(offered.rows, answers, {offered.rows[0].new_client.name: FJORD}))
    await one.reach(Done)
    (view,) = one.program.core.overview.load_connections()
    assert [(a.number, a.booked_to) for a in view.accounts] == [(offered.rows[0].reported.number, start)]


async def test_a_number_that_does_not_check_keeps_nothing(one: Connecting) -> None:
    one.presenter.begin()
    one.keep_all(await one.reach(ChooseAccounts), NewClient("311234561", "Fjord"))
    problem = await one.reach(Problem)
    assert isinstance(problem.error, NotAnOrganisationNumber)
    assert one.has_nothing()


async def test_on_in_the_browser_is_a_new_attempt(one: Connecting) -> None:
    one.embedded.behaviour = Behaviour.WANTS_BROWSER
    one.presenter.begin()
    await one.reach(ChooseAccounts)
    (void,), (used,) = one.embedded.attempts, one.browser.attempts
    assert void.is_closed
    assert used.is_closed
    assert void.url != used.url
    assert InBrowser("demo", used.url) in one.steps


@pytest.mark.parametrize("behaviour", [Behaviour.CLOSES, Behaviour.SAYS_NO])
async def test_closing_or_saying_no_ends_quietly(one: Connecting, behaviour: Behaviour) -> None:
    one.embedded.behaviour = behaviour
    one.presenter.begin()
    await until(lambda: bool(one.embedded.attempts))
    await one.reach_end()
    assert not any(isinstance(step, Problem) for step in one.steps)
    assert one.has_nothing()


async def test_cancel_while_waiting_for_the_browser(one: Connecting) -> None:
    one.embedded.behaviour = Behaviour.WANTS_BROWSER
    one.browser.behaviour = Behaviour.WAITS
    one.presenter.begin()
    await one.reach(InBrowser)
    one.presenter.cancel()
    await one.reach_end()
    assert one.browser.attempts[0].is_closed
    assert one.has_nothing()


async def test_cancel_at_the_accounts_gives_the_consent_back(one: Connecting, demo_bank: RunningBank) -> None:
    one.presenter.begin()
    await one.reach(ChooseAccounts)
    assert valid_consents(demo_bank) == 1
    one.presenter.cancel()
    await one.reach_end()
    assert valid_consents(demo_bank) == 0
    assert one.has_nothing()


async def test_stopping_the_first_fetch_keeps_the_connection_and_no_line(
    one: Connecting, demo_bank: RunningBank
) -> None:
    demo_bank.fault(path="*/transactions", kind="delay", seconds=30)
    one.presenter.begin()
    one.keep_all(await one.reach(ChooseAccounts), FJORD)
    await one.reach(Fetching)
    one.presenter.cancel()
    await one.reach_end()
    assert one.stops == [True]
    (view,) = one.program.core.overview.load_connections()
    assert view.connection.state is ConnectionState.ACTIVE
    assert one.program.core.queue.load(None, None).items == ()


async def test_a_bank_that_does_not_answer_can_be_tried_again(one: Connecting, demo_bank: RunningBank) -> None:
    demo_bank.fault(path="*/token", kind="answer", status=503)
    one.presenter.begin()
    problem = await one.reach(Problem)
    assert problem.way_out is WayOut.SIGN_IN_AGAIN
    assert not problem.is_kept
    one.presenter.take_way_out()
    await one.reach(ChooseAccounts)


async def test_what_fails_twice_in_the_view_may_go_on_in_the_browser(one: Connecting, demo_bank: RunningBank) -> None:
    demo_bank.fault(path="*/token", kind="answer", status=503, times=2)
    one.presenter.begin()
    await one.reach(Problem)
    one.presenter.take_way_out()
    await until(lambda: isinstance(step := one.presenter.step, Problem) and step.way_out is WayOut.BROWSER, one.steps)
    one.presenter.take_way_out()
    await one.reach(ChooseAccounts)
    assert len(one.browser.attempts) == 1


async def test_a_locked_keychain_keeps_nothing(one: Connecting, demo_bank: RunningBank) -> None:
    one.presenter.begin()
    offered = await one.reach(ChooseAccounts)
    one.program.keychain.unavailable = "locked"
    one.keep_all(offered, FJORD)
    problem = await one.reach(Problem)
    assert isinstance(problem.error, KeychainUnavailable)
    assert one.has_nothing()
    assert valid_consents(demo_bank) == 0


async def test_a_fetch_that_fails_leaves_the_connection_and_can_be_tried_again(
    one: Connecting, demo_bank: RunningBank
) -> None:
    demo_bank.fault(path="*/transactions", kind="answer", status=503)
    one.presenter.begin()
    one.keep_all(await one.reach(ChooseAccounts), FJORD)
    problem = await one.reach(Problem)
    assert problem.is_kept
    assert problem.way_out is WayOut.FETCH_AGAIN
    one.presenter.take_way_out()
    assert (await one.reach(Done)).report.total.added > 100


async def test_with_a_connection_there_is_a_bank_to_choose_and_dnb_names_what_is_missing(
    one: Connecting, demo_bank: RunningBank
) -> None:
    await one.program.connect(demo_bank)
    one.presenter.begin()
    choice = await one.reach(ChooseBank)
    missing = {option.id: option.missing for option in choice.options}
    assert missing == {"dnb": "DNB_CLIENT_ID, DNB_CLIENT_SECRET", "demo": ""}
    one.presenter.choose_bank("dnb")
    assert one.presenter.step is None
    assert one.screens == ["settings"]


async def test_a_bank_without_its_settings_says_so_and_leads_there(one: Connecting) -> None:
    one.presenter.begin(bank_id="dnb")
    problem = await one.reach(Problem)
    assert isinstance(problem.error, BankNotConfigured)
    one.presenter.take_way_out()
    assert one.screens == ["settings"]


async def test_nobody_ends_in_the_demo_bank_without_having_chosen_it(program: Program, demo_bank: RunningBank) -> None:
    one = connecting(program, demo_bank, is_demo=False)
    one.presenter.begin()
    assert [option.id for option in (await one.reach(ChooseBank)).options] == ["dnb", "demo"]
    one.presenter.choose_bank("demo")
    await one.reach(ChooseAccounts)


async def test_renewing_puts_the_new_consent_in_the_old_connections_place(
    one: Connecting, demo_bank: RunningBank
) -> None:
    connection = await one.program.connect(demo_bank)
    (before,) = one.program.core.overview.load_connections()
    one.presenter.begin(connection)
    offered = await one.reach(ChooseAccounts)
    assert offered.is_renewal
    assert all(row.is_fixed and row.is_chosen and row.client_id for row in offered.rows)
    answers = [AccountAnswer(is_chosen=True, client_id=row.client_id, booked_to=None) for row in offered.rows]
    one.presenter.keep(account_choices(offered.rows, answers, {}))
    await one.reach(Done)
    (after,) = one.program.core.overview.load_connections()
    assert after.connection.id == connection
    assert after.connection.consent.id != before.connection.consent.id
    assert len(one.program.keychain.secrets) == 1


async def test_a_bank_that_is_gone_is_said(one: Connecting) -> None:
    one.program.core.environment = {"KONTALI_DEMO_BANK_URL": "http://127.0.0.1:9"}
    one.presenter.begin()
    assert isinstance((await one.reach(Problem)).error, ServiceUnreachable)


class FaultySynchronise(Synchronise):
    """With a bug in it."""

    async def run(self, *_: object, **__: object) -> SyncReport:
        raise ZeroDivisionError


async def test_a_bug_leaves_nobody_before_a_bar_that_does_not_move(program: Program, demo_bank: RunningBank) -> None:
    faulty = FaultySynchronise.__new__(FaultySynchronise)
    one = connecting(program, demo_bank, synchronise=faulty)
    one.presenter.begin()
    one.keep_all(await one.reach(ChooseAccounts), FJORD)
    await one.reach_end()
    assert [type(bug) for bug in program.bugs] == [ZeroDivisionError]
    program.bugs.clear()
    assert one.presenter.is_at_rest
    assert len(program.core.overview.load_connections()) == 1  # what was stored before it stands
    assert one.changes


def valid_consents(bank: RunningBank) -> int:
    return sum(1 for consent in bank.control("GET", "consents") if consent["status"] == "valid")
