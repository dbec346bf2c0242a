"""What is set for the program and for its way into a bank; secrets go to the keychain and nowhere else."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kontali_desktop.domain.errors import NotARedirectAddress
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.ports import Clock, Keychain, SettingsStore
from kontali_desktop.services.storage import Event, Storage

LANGUAGE, THEME = "language", "theme"
CLIENT_ID, REDIRECT_URI, USE_SANDBOX = "client_id", "redirect_uri", "use_sandbox"
CLIENT_SECRET, API_KEY = "client_secret", "api_key"
SECRETS = (CLIENT_SECRET, API_KEY)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ON = frozenset({"1", "true", "yes", "on"})


def secret_entry(name: str) -> str:
    """The keychain entry of a bank's secret, by its `BANK_NAME` name (`DNB_CLIENT_SECRET`)."""
    return f"secret-{name.lower()}"


@dataclass(frozen=True, slots=True)
class BankAccess:
    """A bank's settings as they stand.

    `stored_secrets` are those there is a value of; `variables` names the environment variable of each setting that the
    environment decides and that therefore cannot be changed here.
    """

    client_id: str = ""
    redirect_uri: str = ""
    is_sandbox: bool = False
    stored_secrets: frozenset[str] = frozenset()
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BankAccessChange:
    """What a person typed; a secret of None is left as it is, an empty one is forgotten."""

    client_id: str
    redirect_uri: str
    is_sandbox: bool
    client_secret: str | None = None
    api_key: str | None = None


class ProgramSettings:
    """Each change is an event that names the setting, never its value."""

    def __init__(self, storage: Storage, store: SettingsStore, keychain: Keychain, clock: Clock) -> None:
        self._storage = storage
        self._store = store
        self._keychain = keychain
        self._clock = clock

    def get(self, key: str, default: str) -> str:
        return self._store.get(key, default)

    def variable(self, key: str) -> str:
        """The environment variable that decides this setting, or ""."""
        return self._store.variable(key)

    def change(self, key: str, value: str) -> None:
        """Raises StorageUnwritable."""
        if self._store.get(key) != value:
            self._store.set(key, value)
            self._note([key])

    async def load_bank(self, bank: str) -> BankAccess:
        """Raises KeychainUnavailable."""
        values = self._store.bank_values(bank)
        prefix = f"{bank.upper()}_"
        stored = set()
        for secret in SECRETS:
            name = prefix + secret.upper()
            if values.get(name) or await self._keychain.load(secret_entry(name)):
                stored.add(secret)
        names = (CLIENT_ID, REDIRECT_URI, USE_SANDBOX, *SECRETS)
        variables = {name: self._store.variable(f"{bank}.{name}") for name in names}
        return BankAccess(
            values.get(prefix + CLIENT_ID.upper(), ""),
            values.get(prefix + REDIRECT_URI.upper(), ""),
            values.get(prefix + USE_SANDBOX.upper(), "").lower() in _ON,
            frozenset(stored),
            {name: variable for name, variable in variables.items() if variable},
        )

    async def change_bank(self, bank: str, change: BankAccessChange) -> None:
        """Raises NotARedirectAddress, KeychainUnavailable, StorageUnwritable; the secrets are stored first.

        What the environment decides is left alone.
        """
        redirect = checked_redirect(change.redirect_uri)
        changed = []
        for secret, typed in ((CLIENT_SECRET, change.client_secret), (API_KEY, change.api_key)):
            if typed is not None and not self._store.variable(f"{bank}.{secret}"):
                await self._keep(secret_entry(f"{bank}_{secret}"), typed.strip())
                changed.append(f"{bank}.{secret}")
        changed += await asyncio.to_thread(self._change_file, bank, change, redirect)
        await asyncio.to_thread(self._note, changed)

    async def _keep(self, entry: str, secret: str) -> None:
        if secret:
            await self._keychain.save(entry, secret)
        else:
            await self._keychain.forget(entry)

    def _change_file(self, bank: str, change: BankAccessChange, redirect: str) -> list[str]:
        wanted: dict[str, str | bool] = {
            f"{bank}.{CLIENT_ID}": change.client_id.strip(),
            f"{bank}.{REDIRECT_URI}": redirect,
            f"{bank}.{USE_SANDBOX}": change.is_sandbox,
        }
        changed = []
        for key, value in wanted.items():
            as_text = str(value).lower() if isinstance(value, bool) else value
            unset = "false" if isinstance(value, bool) else ""
            if not self._store.variable(key) and self._store.get(key, unset) != as_text:
                self._store.set(key, value)
                changed.append(key)
        return changed

    def _note(self, keys: list[str]) -> None:
        if not keys:
            return
        with self._storage.writing() as work:
            for key in keys:
                work.events.add(Event(self._clock.now(), PERSON, "settings.changed", {"name": key}))
            work.commit()


def checked_redirect(text: str) -> str:
    """An address that a bank may send a person back to (RFC 6749 section 3.1.2, RFC 8252 section 7.3), or "".

    Raises NotARedirectAddress.
    """
    address = text.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_usable = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        port_is_number = parts.port is None or parts.port > 0
    except ValueError:
        raise NotARedirectAddress(text=address[:80]) from None
    if not (is_usable and port_is_number and parts.hostname) or parts.fragment or " " in address:
        raise NotARedirectAddress(text=address[:80])
    return address
