"""Which banks there are, what they are made of, and what loads when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kontali_desktop.adapters.bank.dnb.dnb_settings import dnb_settings
from kontali_desktop.adapters.bank.registry import BankRegistry
from kontali_desktop.adapters.bank.settings import AuthorisationStyle
from kontali_desktop.domain.connections import Environment
from kontali_desktop.domain.errors import UnknownBank
from kontali_desktop.services.errors import BankNotConfigured
from kontali_desktop.services.ports import Banks
from tests.adapters.bank.settable_clock import SettableClock

KEYS = {"DNB_CLIENT_ID": "id", "DNB_CLIENT_SECRET": "s3cret"}


class Outside:
    """What bootstrap passes in: where the demo bank runs, and what is set for DNB."""

    def __init__(self) -> None:
        self.demo = "http://127.0.0.1:1001"
        self.values: dict[str, str] = {}
        self.started = 0

    async def demo_base_url(self) -> str:
        self.started += 1
        return self.demo

    async def dnb_values(self) -> dict[str, str]:
        return self.values


async def test_the_banks_are_built_when_asked_for_and_again_when_they_changed() -> None:
    outside = Outside()
    banks: Banks = BankRegistry(SettableClock(), outside.demo_base_url, outside.dnb_values)
    assert banks.ids() == ("dnb", "demo")
    assert outside.started == 0
    first = await banks.bank("demo")
    assert (first.id, first.environment, first.registered_redirect) == ("demo", Environment.SANDBOX, None)
    assert await banks.bank("demo") is first
    outside.demo = "http://127.0.0.1:1002"
    assert await banks.bank("demo") is not first
    with pytest.raises(BankNotConfigured) as missing:
        await banks.bank("dnb")
    assert missing.value.parameters == {"service": "DNB", "missing": "DNB_CLIENT_ID, DNB_CLIENT_SECRET"}
    outside.values = {**KEYS, "DNB_REDIRECT_URI": "https://kontali.example/callback"}
    dnb = await banks.bank("dnb")
    assert (dnb.name, dnb.registered_redirect) == ("DNB", "https://kontali.example/callback")
    with pytest.raises(UnknownBank):
        await banks.bank("nordea")
    await banks.close()


def test_importing_it_loads_neither_http_nor_oauth() -> None:
    code = (
        "import sys; import kontali_desktop.adapters.bank.registry, kontali_desktop.adapters.keychain.os_keychain;"
        "import kontali_desktop.adapters.sign_in.browser;"
        "print(sorted({'httpx', 'authlib', 'keyring', 'PySide6'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_loading_it_says_nothing_on_standard_error() -> None:
    """Authlib warns at import, always and aloud; a command's messages are the program's own."""
    code = "import kontali_desktop.adapters.bank.berlin_group_bank"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr == ""


def test_dnb_by_default_is_the_earlier_programs() -> None:
    settings = dnb_settings(KEYS)
    assert settings.environment is Environment.PRODUCTION
    assert settings.base_url == "https://api.dnb.no/psd2"
    assert settings.authorization_url == "https://api.dnb.no/oauth2/authorize"
    assert settings.token_url == "https://api.dnb.no/oauth2/token"
    assert settings.revocation_url == "https://api.dnb.no/oauth2/revoke"
    assert settings.scopes == ("psd2:accounts:read", "psd2:transactions:read")
    sandbox = dnb_settings({**KEYS, "DNB_USE_SANDBOX": "True"})
    assert sandbox.environment is Environment.SANDBOX
    assert sandbox.base_url == "https://api.sandbox.dnb.no/psd2"
    assert sandbox.token_url == "https://api.sandbox.dnb.no/oauth2/token"


def test_dnb_by_consent_speaks_to_the_psd_hosts() -> None:
    sandbox = dnb_settings({"DNB_AUTHORIZATION": "consent", "DNB_USE_SANDBOX": "1"})
    assert (sandbox.style, sandbox.base_url) == (AuthorisationStyle.CONSENT, "https://sandboxapi.psd.dnb.no/v1")
    with pytest.raises(BankNotConfigured) as missing:
        dnb_settings({"DNB_AUTHORIZATION": "consent"})
    assert missing.value.parameters["missing"] == "DNB_CLIENT_CERTIFICATE"
    real = dnb_settings({"DNB_AUTHORIZATION": "consent", "DNB_CLIENT_CERTIFICATE": "/etc/qwac.pem"})
    assert (real.base_url, real.client_certificate) == ("https://api.psd.dnb.no/v1", Path("/etc/qwac.pem"))


@pytest.mark.parametrize("name", ["DNB_AUTHORIZATION", "DNB_CONSENT_ACCESS"])
def test_a_value_that_is_unknown_is_named(name: str) -> None:
    with pytest.raises(BankNotConfigured) as wrong:
        dnb_settings({**KEYS, name: "whatever"})
    assert wrong.value.parameters["missing"] == name


def test_every_address_can_be_set_and_no_secret_shows() -> None:
    names = ("BASE_URL", "AUTHORIZATION_URL", "TOKEN_URL", "REVOCATION_URL", "METADATA_URL", "ISSUER")
    given = {f"DNB_{name}": f"https://bank.example/{name.lower()}" for name in names}
    settings = dnb_settings({**KEYS, **given, "DNB_API_KEY": "k3y", "DNB_SCOPES": "a b", "DNB_PSU_ID": "AB12345"})
    assert [getattr(settings, name.lower()) for name in names] == list(given.values())
    assert settings.scopes == ("a", "b")
    for secret in ("s3cret", "k3y", "AB12345"):
        assert secret not in repr(settings)
