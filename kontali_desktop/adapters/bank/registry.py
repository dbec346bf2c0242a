"""The banks that can be connected. Cheap to import: HTTP and OAuth load when the first bank is asked for."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from kontali_desktop.adapters.bank.demo.demo_settings import DEMO, demo_settings
from kontali_desktop.adapters.bank.dnb.dnb_settings import DNB, dnb_settings
from kontali_desktop.adapters.bank.settings import BankSettings
from kontali_desktop.domain.errors import UnknownBank
from kontali_desktop.services.ports import Bank, Clock

if TYPE_CHECKING:
    from kontali_desktop.adapters.bank.berlin_group_bank import BerlinGroupBank

_CLIENT_MODULE = "kontali_desktop.adapters.bank.berlin_group_bank"


class BankRegistry:
    """`demo_base_url` starts the demo bank where it must; `dnb_values` gives the `DNB_…` settings, secrets included."""

    def __init__(
        self,
        clock: Clock,
        demo_base_url: Callable[[], Awaitable[str]],
        dnb_values: Callable[[], Awaitable[Mapping[str, str]]],
    ) -> None:
        self._clock = clock
        self._demo_base_url = demo_base_url
        self._dnb_values = dnb_values
        self._banks: dict[str, BerlinGroupBank] = {}
        self._building = asyncio.Lock()

    def ids(self) -> tuple[str, ...]:
        return (DNB, DEMO)

    async def bank(self, bank_id: str) -> Bank:
        """The same bank as before as long as its settings are the same; a demo bank started again has a new address."""
        async with self._building:
            settings = await self._settings(bank_id)
            former = self._banks.get(bank_id)
            if former is not None and former.settings == settings:
                return former
            if former is not None:
                await former.close()
            module = await asyncio.to_thread(importlib.import_module, _CLIENT_MODULE)
            built: BerlinGroupBank = module.BerlinGroupBank(settings, self._clock)
            self._banks[bank_id] = built
            return built

    async def close(self) -> None:
        while self._banks:
            _, bank = self._banks.popitem()
            await bank.close()

    async def _settings(self, bank_id: str) -> BankSettings:
        if bank_id == DEMO:
            return demo_settings(await self._demo_base_url())
        if bank_id == DNB:
            return dnb_settings(await self._dnb_values())
        raise UnknownBank(bank=bank_id)
