"""Runs the bank on loopback, says in one line when it answers, and ends when it is told to or its parent is gone."""

from __future__ import annotations

import json
import secrets
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kontali_desktop.demo_bank.app import make_app
from kontali_desktop.demo_bank.bank import Bank, Dialect, Manners
from kontali_desktop.demo_bank.clock import BankClock
from kontali_desktop.demo_bank.state.store import Store
from kontali_desktop.demo_bank.world.books import World

LOOPBACK = "127.0.0.1"
DEFAULT_SEED = 34
_GRACE_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Options:
    """How to run the bank: `port` 0 takes a free one; without a state directory nothing outlives the process."""

    port: int = 0
    seed: int = DEFAULT_SEED
    state: Path | None = None
    dialect: Dialect = Dialect.STANDARD
    redirects: tuple[str, ...] = ()
    with_parent: bool = False
    with_control: bool = False


class _Server(uvicorn.Server):
    """Tells when it has begun to answer."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()


def run(options: Options) -> int:
    """Serves until SIGTERM, SIGINT, or, with `with_parent`, the end of standard input."""
    with tempfile.TemporaryDirectory(prefix="demo-bank-") as scratch, _listen(options.port) as listener:
        bank = _make_bank(options, Path(scratch), listener.getsockname()[1])
        token = secrets.token_urlsafe(16) if options.with_control else ""
        config = uvicorn.Config(
            make_app(bank, token),
            lifespan="off",
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        server = _Server(config, lambda: _say_ready(bank, token))
        _end_on_signal()
        if options.with_parent:
            threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
        server.run(sockets=[listener])
    return 0


def _listen(port: int) -> socket.socket:
    # By its protocol asyncio knows that small answers must not wait for each other (TCP_NODELAY).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there the option would let a second process take the same port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, port))
    listener.listen(128)
    return listener


def _make_bank(options: Options, scratch: Path, port: int) -> Bank:
    clock = BankClock()
    store = Store(options.state, options.seed, clock.today())
    bank = Bank(
        World(options.seed, store.founded),
        clock,
        store,
        f"http://{LOOPBACK}:{port}",
        (options.state or scratch) / f"ehf-{options.seed}",
        Manners(options.dialect),
        options.redirects,
    )
    bank.write_invoices()
    return bank


def _say_ready(bank: Bank, control_token: str) -> None:
    person, company = bank.world.person, bank.world.company
    line = {
        "base_url": bank.base_url,
        "person": person.national_id,
        "code": person.code,
        "password": person.password,
        "invoices": str(bank.invoices.resolve()),
        "company": {"name": company.name, "orgnr": company.organisation_number},
    }
    line |= {"control": control_token} if control_token else {}
    print(json.dumps(line), flush=True)


def _end_on_signal() -> None:
    """The server ends by itself and then raises the signal again, which must not kill before all is put away."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: None)


def _end_with_parent(server: uvicorn.Server) -> None:
    while sys.stdin.buffer.read(1024):
        pass
    server.should_exit = True
