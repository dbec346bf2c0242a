"""The demo bank as a child of the program."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from kontali_desktop.adapters.system.sandbox_bank import ChildSandboxBank


async def test_it_starts_once_answers_and_stops(tmp_path: Path) -> None:
    sandbox = ChildSandboxBank(tmp_path)
    try:
        details = await sandbox.start()
        assert await sandbox.start() == details
        async with httpx.AsyncClient() as http:
            metadata = await http.get(f"{details.base_url}/.well-known/oauth-authorization-server")
        assert metadata.json()["issuer"] == details.base_url
        assert details.invoices is not None
        assert any(details.invoices.iterdir())
        assert details.company_name
    finally:
        await sandbox.stop()
    async with httpx.AsyncClient() as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(details.base_url)


async def test_the_same_state_gives_the_same_company(tmp_path: Path) -> None:
    names = []
    for _ in range(2):
        sandbox = ChildSandboxBank(tmp_path)
        names.append((await sandbox.start()).company_orgnr)
        await sandbox.stop()
    assert names[0] == names[1]
