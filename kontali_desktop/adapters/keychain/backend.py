"""Which keychain of the operating system is spoken to, and what its errors mean. Loads keyring: worker thread only."""

from __future__ import annotations

import importlib
import logging
import sys
from typing import Protocol, cast

import keyring.core
import keyring.errors

from kontali_desktop.services.errors import KeychainUnavailable

_log = logging.getLogger(__name__)

# Each of these encrypts, and is locked with the person's own session. No other is ever written to: among the rest
# are files in plain text, and a null that forgets.
_TRUSTED = {
    "win32": ("keyring.backends.Windows.WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS.Keyring",),
}
_TRUSTED_ELSEWHERE = ("keyring.backends.SecretService.Keyring", "keyring.backends.kwallet.DBusKeyring")

# Errors of secretstorage, pywintypes and the bus are no children of keyring's; their names are known, their
# modules may not be there to import.
_REASONS = {
    "KeyringLocked": "locked",
    "LockedException": "locked",
    "PromptDismissedException": "refused",
    "PasswordSetError": "refused",
    "NoKeyringError": "missing",
    "SecretServiceNotAvailableException": "missing",
}


class Backend(Protocol):
    """What is used of keyring's backends."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def find_backend() -> Backend:
    """Looked for each time, for a service may start later. Raises KeychainUnavailable(missing).

    keyring's own choice is cached for the life of the process, and may fall on a backend that does not encrypt.
    What a person configured for keyring is obeyed where it is trusted; otherwise there is no keychain.
    """
    trusted = _TRUSTED.get(sys.platform, _TRUSTED_ELSEWHERE)
    configured = keyring.core.load_env() or keyring.core.load_config()
    if configured is not None:
        kind = type(configured)
        if f"{kind.__module__}.{kind.__qualname__}" not in trusted:
            raise KeychainUnavailable(reason="missing")
        return configured
    found: list[tuple[float, Backend]] = []
    for name in trusted:
        module, _, kind_name = name.rpartition(".")
        candidate = getattr(importlib.import_module(module), kind_name)
        try:
            found.append((float(candidate.priority), cast("Backend", candidate())))
        except Exception as error:  # noqa: BLE001 - a bus that is not there raises whatever its library does
            _log.debug("%s: %s", name, type(error).__name__)
    if not found:
        raise KeychainUnavailable(reason="missing")
    return max(found, key=lambda pair: pair[0])[1]


def translated(error: Exception) -> KeychainUnavailable:
    """Whatever a backend raised, as ours, with a reason: missing, locked, refused or failed."""
    if isinstance(error, KeychainUnavailable):
        return error
    names = (kind.__name__ for kind in type(error).__mro__)
    reason = next((_REASONS[name] for name in names if name in _REASONS), "failed")
    return KeychainUnavailable(reason=reason)


def is_not_there(error: Exception) -> bool:
    """Whether a deletion failed; what failed to be deleted may simply not be there."""
    return isinstance(error, keyring.errors.PasswordDeleteError)
