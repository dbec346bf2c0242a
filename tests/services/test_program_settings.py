"""The program's settings: the file for what may be read, the keychain for what may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kontali_desktop.adapters.settings.store import TomlSettings
from kontali_desktop.domain.errors import NotARedirectAddress
from kontali_desktop.services.errors import KeychainUnavailable
from kontali_desktop.services.program_settings import (
    API_KEY,
    CLIENT_SECRET,
    LANGUAGE,
    BankAccessChange,
    ProgramSettings,
    checked_redirect,
)
from tests.fakes.keychain import InMemoryKeychain
from tests.services.conftest import Office


class Desk:
    """The settings of one data directory; `environment` as the process would have it."""

    def __init__(self, office: Office, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.office = office
        self.file = folder / "settings.toml"
        self.keychain = InMemoryKeychain()
        self.settings = ProgramSettings(
            office.storage, TomlSettings(self.file, environment or {}), self.keychain, office.clock
        )

    def changed(self) -> list[str]:
        with self.office.storage.reading() as work:
            return [e.facts["name"] for e in work.events.load(None, 50) if e.code == "settings.changed"]


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office, tmp_path)


def change(**typed: str | bool | None) -> BankAccessChange:
    wanted: dict[str, str | bool | None] = {"client_id": "abc", "redirect_uri": "", "is_sandbox": True}
    return BankAccessChange(**(wanted | typed))  # type: ignore[arg-type] # the fields' own types, by name


async def test_secrets_go_to_the_keychain_and_the_rest_to_the_file(desk: Desk) -> None:
    await desk.settings.change_bank("dnb", change(client_secret="hemmelig", api_key="nøkkel"))
    assert desk.keychain.secrets == {"secret-dnb_client_secret": "hemmelig", "secret-dnb_api_key": "nøkkel"}
    text = desk.file.read_text("utf-8")
    assert "hemmelig" not in text
    assert "nøkkel" not in text
    again = TomlSettings(desk.file, {}).bank_values("dnb")
    assert (again["DNB_CLIENT_ID"], again["DNB_USE_SANDBOX"].lower()) == ("abc", "true")
    access = await desk.settings.load_bank("dnb")
    assert (access.client_id, access.is_sandbox) == ("abc", True)
    assert access.stored_secrets == {CLIENT_SECRET, API_KEY}
    assert sorted(desk.changed()) == ["dnb.api_key", "dnb.client_id", "dnb.client_secret", "dnb.use_sandbox"]


async def test_a_secret_that_is_not_typed_stays_and_an_empty_one_goes(desk: Desk) -> None:
    await desk.settings.change_bank("dnb", change(client_secret="hemmelig", api_key="nøkkel"))
    await desk.settings.change_bank("dnb", change(api_key=""))
    assert desk.keychain.secrets == {"secret-dnb_client_secret": "hemmelig"}


async def test_a_locked_keychain_stores_nothing_anywhere(desk: Desk) -> None:
    desk.keychain.unavailable = "locked"
    with pytest.raises(KeychainUnavailable):
        await desk.settings.change_bank("dnb", change(client_secret="hemmelig"))
    assert not desk.file.exists()
    assert desk.changed() == []


async def test_what_the_environment_decides_is_left_alone(office: Office, tmp_path: Path) -> None:
    environment = {"DNB_CLIENT_ID": "fra miljøet", "KONTALI_DNB__API_KEY": "miljønøkkel"}
    desk = Desk(office, tmp_path, environment)
    access = await desk.settings.load_bank("dnb")
    assert access.client_id == "fra miljøet"
    assert access.variables == {"client_id": "DNB_CLIENT_ID", "api_key": "KONTALI_DNB__API_KEY"}
    assert access.stored_secrets == {API_KEY}
    await desk.settings.change_bank("dnb", change(client_id="annet", api_key="annen", is_sandbox=False))
    assert desk.keychain.secrets == {}
    assert not desk.file.exists()


def test_the_language_is_kept_for_the_next_start(desk: Desk) -> None:
    desk.settings.change(LANGUAGE, "en")
    desk.settings.change(LANGUAGE, "en")
    assert TomlSettings(desk.file, {}).get("language") == "en"
    assert desk.changed() == ["language"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://kontali.example/callback",
        "http://127.0.0.1:8123/callback",
        "http://localhost/callback",
        "http://[::1]:9/c",
    ],
)
def test_addresses_a_bank_may_send_back_to(address: str) -> None:
    assert checked_redirect(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        "kontali.example/callback",
        "http://kontali.example/callback",
        "https://",
        "https://kontali.example/#del",
        "https://kontali.example:port/",
        "https://[kontali/",
        "https://kontali.example/to ord",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(NotARedirectAddress):
        checked_redirect(address)
