"""The settings without widgets: what is chosen is stored, and what is refused is said beside its field."""

from __future__ import annotations

from datetime import timedelta

from kontali_desktop.adapters.settings.store import TomlSettings
from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.services.program_settings import BankAccessChange
from kontali_desktop.ui.settings.presenter import Place
from kontali_desktop.ui.theme import Scheme
from tests.support import DAY
from tests.ui.settings.setting import Setting


def stored(one: Setting) -> TomlSettings:
    """What another start would read."""
    return TomlSettings(one.program.core.paths.settings, {})


async def test_the_language_is_stored_before_the_window_is_told(one: Setting) -> None:
    one.presenter.choose_language("en")
    await one.quiet()
    assert one.languages == ["en"]
    assert stored(one).get("language") == "en"


async def test_the_language_in_use_and_unknown_ones_change_nothing(one: Setting) -> None:
    one.presenter.choose_language("nb")
    one.presenter.choose_language("nn")
    await one.quiet()
    assert one.languages == []
    assert not one.program.core.paths.settings.exists()


async def test_the_theme_changes_at_once_and_is_stored(one: Setting) -> None:
    assert one.presenter.scheme.value == "system"
    one.presenter.choose_scheme(Scheme.DARK)
    assert one.schemes == [Scheme.DARK]
    await one.quiet()
    assert stored(one).get("theme") == "dark"
    assert one.presenter.scheme.value == "dark"


async def test_a_broken_theme_in_the_file_is_the_systems(one: Setting) -> None:
    one.program.core.settings.set("theme", "purple")
    assert one.presenter.scheme is Scheme.SYSTEM


async def test_without_a_client_there_is_no_section(one: Setting) -> None:
    await one.loaded()
    assert one.presenter.section is None


async def test_a_client_is_added_without_a_bank(one: Setting) -> None:
    problems: list[object] = []
    added: list[bool] = []
    one.presenter.problem.connect(lambda problem: problems.append(problem.place))
    one.presenter.client_added.connect(lambda: added.append(True))
    one.presenter.add_client("311 234 561", "Fjord Elektro AS")
    await one.quiet()
    assert (problems, added, one.presenter.section) == ([Place.NEW_CLIENT], [], None)
    one.presenter.add_client("NO 311 234 560 MVA", " Fjord Elektro AS ")
    await one.quiet()
    assert added == [True]
    assert one.presenter.section is not None
    assert (one.presenter.section.client.name, one.presenter.section.client.orgnr) == ("Fjord Elektro AS", "311234560")


async def test_automatic_acceptance_and_its_threshold_are_the_clients_own(one: Setting) -> None:
    first, _ = one.client(1, "1920")
    second, _ = one.client(2, "1920")
    one.presenter.show_client(second.id)
    await one.quiet()
    one.presenter.set_autonomy(Mode.BALANCED, 0.95)
    one.presenter.set_autonomy(Mode.BALANCED, 0.985)
    await one.quiet()
    load = one.program.core.clients.load_settings
    assert (load(second.id).is_automatic, load(second.id).threshold) == (True, 0.985)
    assert not load(first.id).is_automatic
    assert one.changes != []


async def test_a_start_takes_lines_out_of_the_review(one: Setting) -> None:
    client, (account,) = one.client(1, "1920")
    await one.loaded()
    one.presenter.change_start(account.id, DAY)
    await one.quiet()
    (item,) = one.program.core.queue.load(client.id, None).items
    assert item.status is QueueStatus.BEFORE_START
    assert one.presenter.section is not None
    assert one.presenter.section.accounts[0].booked_to == DAY
    assert one.changes == [True]


async def test_a_rule_is_said_beside_the_field_and_taken_back(one: Setting) -> None:
    _, (first, second) = one.client(1, "1920", "1921")
    await one.loaded()
    one.presenter.change_ledger_account(second.id, "1920")
    await one.quiet()
    problem = one.problems[-1]
    assert (problem.place, problem.account) == (Place.LEDGER_ACCOUNT, second.id)
    assert problem.text == ("Konto 1920 er brukt av en annen bankkonto. Velg en ledig konto mellom 1920 og 1949.")
    assert one.changes == []
    one.presenter.change_ledger_account(second.id, "1930")
    await one.quiet()
    assert one.problems[-1].text == ""
    one.presenter.change_start(first.id, one.program.core.clock.today() + timedelta(days=1))
    await one.quiet()
    assert (one.problems[-1].place, one.problems[-1].text[:31]) == (Place.START, "Datoen er ikke kommet ennå. Skr")


async def test_the_banks_secrets_go_to_the_keychain(one: Setting) -> None:
    await one.loaded()
    one.presenter.save_bank(BankAccessChange("abc", "", is_sandbox=True, client_secret="hemmelig"))
    await one.quiet()
    assert one.program.keychain.secrets == {"secret-dnb_client_secret": "hemmelig"}
    assert one.presenter.bank is not None
    assert one.presenter.bank.client_id == "abc"
    bank = await one.program.core.banks.bank("dnb")  # what connecting would use now
    assert bank.environment == "sandbox"


async def test_a_redirect_that_cannot_be_is_said_beside_its_field(one: Setting) -> None:
    await one.loaded()
    one.presenter.save_bank(BankAccessChange("abc", "http://kontali.example/", is_sandbox=True, client_secret="x"))
    await one.quiet()
    assert one.problems[-1].place is Place.REDIRECT
    assert one.program.keychain.secrets == {}


async def test_a_locked_keychain_is_told_and_can_be_tried_again(one: Setting) -> None:
    one.program.keychain.unavailable = "locked"
    await one.loaded()
    assert one.presenter.bank is None
    assert one.presenter.bank_problem.startswith("Nøkkelringen er låst.")
    one.program.keychain.unavailable = None
    await one.loaded()
    assert (one.presenter.bank_problem, one.presenter.bank is None) == ("", False)
    one.program.keychain.unavailable = "locked"
    one.presenter.save_bank(BankAccessChange("abc", "", is_sandbox=True, client_secret="hemmelig"))
    await one.quiet()
    assert len(one.notices) == 1
    assert not one.program.core.paths.settings.exists()


async def test_closing_is_stored_and_told_and_opening_too(one: Setting) -> None:
    client, _ = one.client(1, "1920")
    await one.loaded()
    one.presenter.close_books(DAY)
    await one.quiet()
    assert one.presenter.section is not None
    assert one.presenter.section.settings.closed_until == DAY
    assert one.program.core.clients.load_settings(client.id).closed_until == DAY
    assert len(one.changes) == 1
    one.presenter.close_books(None)
    await one.quiet()
    assert one.program.core.clients.load_settings(client.id).closed_until is None


async def test_a_day_to_come_is_refused_beside_its_field(one: Setting) -> None:
    client, _ = one.client(1, "1920")
    await one.loaded()
    one.presenter.close_books(one.program.core.clock.today() + timedelta(days=1))
    await one.quiet()
    assert [(p.place, p.text) for p in one.problems] == [
        (Place.CLOSED, "Den dagen har ikke vært ennå. Skriv den siste dagen som er bokført og ferdig.")
    ]
    assert one.program.core.clients.load_settings(client.id).closed_until is None


async def test_the_mode_chosen_after_a_closing_leaves_it(one: Setting) -> None:
    client, _ = one.client(1, "1920")
    await one.loaded()
    one.presenter.close_books(DAY)
    one.presenter.set_autonomy(Mode.BALANCED, 0.98)
    await one.quiet()
    stored = one.program.core.clients.load_settings(client.id)
    assert (stored.closed_until, stored.mode) == (DAY, Mode.BALANCED)
