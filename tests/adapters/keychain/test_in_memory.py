from __future__ import annotations

import pytest

from tests.adapters.keychain.contract import KeychainContract
from tests.fakes.keychain import InMemoryKeychain


class TestInMemoryKeychain(KeychainContract):
    @pytest.fixture
    def keychain(self) -> InMemoryKeychain:
        return InMemoryKeychain()
