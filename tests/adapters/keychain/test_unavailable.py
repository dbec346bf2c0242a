"""A keychain that is missing, locked, killed or hung: a reason, in time, and nothing stored elsewhere."""

from __future__ import annotations

import gc
import os
import signal
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

import private_session
from kontali_desktop.adapters.keychain.backend import Backend, find_backend, translated
from kontali_desktop.adapters.keychain.os_keychain import OsKeychain
from kontali_desktop.services.errors import KeychainUnavailable
from tests.adapters.keychain import seen_from_outside

# keyring leaves its connection to the bus to the garbage collector when a call fails.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """So that the collector finds them in this module and in no other."""
    yield
    gc.collect()


@pytest.fixture
def own_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A service that a test may lock, stop or kill."""
    if not private_session.is_possible():
        pytest.skip("dbus and gnome-keyring are not installed")
    with private_session.private_session() as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield


@pytest.fixture
def keychain() -> OsKeychain:
    return OsKeychain(uuid.uuid4().hex, timeout=20)


async def reason_of(keychain: OsKeychain, secret: str | None = None) -> str:
    with pytest.raises(KeychainUnavailable) as unavailable:
        await (keychain.load("bank") if secret is None else keychain.save("bank", secret))
    return str(unavailable.value.parameters["reason"])


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/at/all"])
async def test_missing(
    keychain: OsKeychain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str | None
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert await reason_of(keychain, "secret") == "missing"
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a test may look at a folder without a thread


async def test_one_that_starts_later_is_found(keychain: OsKeychain, monkeypatch: pytest.MonkeyPatch) -> None:
    if not private_session.is_possible():
        pytest.skip("dbus and gnome-keyring are not installed")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    assert await reason_of(keychain) == "missing"
    with private_session.private_session() as variables:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        await keychain.save("bank", "secret")
        assert await keychain.load("bank") == "secret"


@pytest.mark.usefixtures("own_service")
async def test_locked(keychain: OsKeychain) -> None:
    await keychain.save("bank", "secret")
    seen_from_outside.lock()
    assert await reason_of(keychain) == "locked"
    assert await reason_of(keychain, "other") == "locked"


@pytest.mark.usefixtures("own_service")
async def test_killed_in_the_middle_of_a_save(keychain: OsKeychain) -> None:
    await keychain.save("bank", "secret")

    class KillsOnWrite:
        def __init__(self, inner: Backend) -> None:
            self._inner = inner

        def get_password(self, service: str, username: str) -> str | None:
            return self._inner.get_password(service, username)

        def set_password(self, service: str, username: str, password: str) -> None:
            os.kill(seen_from_outside.process_id(), signal.SIGKILL)
            self._inner.set_password(service, username, password)

        def delete_password(self, service: str, username: str) -> None:
            self._inner.delete_password(service, username)

    killing = OsKeychain(uuid.uuid4().hex, timeout=20, find_backend=lambda: KillsOnWrite(find_backend()))
    # Some buses start another one at once, which nobody has unlocked.
    assert await reason_of(killing, "other") in {"failed", "missing", "locked"}
    assert await reason_of(keychain) in {"missing", "locked"}


@pytest.mark.usefixtures("own_service")
async def test_hung(keychain: OsKeychain) -> None:
    await keychain.save("bank", "secret")
    service = seen_from_outside.process_id()
    os.kill(service, signal.SIGSTOP)
    try:
        started = time.monotonic()
        assert await reason_of(OsKeychain("another", timeout=0.5)) == "timeout"
        assert time.monotonic() - started < 5
    finally:
        os.kill(service, signal.SIGCONT)
    assert await keychain.load("bank") == "secret"


@pytest.mark.parametrize(
    "name",
    ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "tests.adapters.keychain.plain_text.PlainText"],
)
@pytest.mark.usefixtures("own_service")
async def test_a_backend_that_does_not_encrypt_is_never_used(
    keychain: OsKeychain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    monkeypatch.setenv("PLAIN_TEXT_FILE", str(tmp_path / "secrets"))
    assert await reason_of(keychain, "secret") == "missing"
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - a test may look at a folder without a thread


class error(Exception):  # noqa: N801 - the very name that Windows' errors have
    """As pywintypes raises it: no child of keyring's errors."""


async def test_an_error_of_no_known_kind_is_ours_and_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    class Windows:
        def get_password(self, *_: str) -> str | None:
            return None

        def set_password(self, *given: str) -> None:
            raise error(1783, "CredWrite", f"The stub received bad data {given}")

        def delete_password(self, *_: str) -> None:
            """Nothing there."""

    caplog.set_level("DEBUG")
    assert await reason_of(OsKeychain("x", find_backend=Windows), "the secret") == "failed"
    assert "the secret" not in caplog.text
    assert translated(error()).parameters == {"reason": "failed"}
