from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.demo_bank.running import RunningBank, running


@pytest.fixture(scope="module")
def shared_bank() -> Iterator[RunningBank]:
    with running() as bank:
        yield bank


@pytest.fixture
def bank(shared_bank: RunningBank) -> RunningBank:
    """A bank where nobody is signed in, with the real time and no faults."""
    shared_bank.control("POST", "reset")
    shared_bank.control("POST", "manners", {"dialect": "standard", "page_size": 50, "token_length": 43, "id_salt": ""})
    return shared_bank
