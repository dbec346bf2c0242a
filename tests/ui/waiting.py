"""Waiting on Qt's loop for something to become true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE = 20.0  # seconds; only a test that fails waits so long


async def until(condition: Callable[[], bool], what: object = "") -> None:
    """Gives the loop its turns until the condition holds."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    while not condition():
        assert loop.time() < deadline, f"It never came true: {what}"
        await asyncio.sleep(0.005)
