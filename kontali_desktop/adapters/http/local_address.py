"""The address of this machine that a connection to a host goes out from."""

from __future__ import annotations

import asyncio
import contextlib
import socket


async def find_local_address(host: str, port: int) -> str | None:
    """None where the host has no address or no route. Nothing is sent: a datagram socket only looks up its route."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except OSError:
        return None
    for family, kind, protocol, _, address in found:
        with contextlib.suppress(OSError), socket.socket(family, kind, protocol) as probe:
            probe.connect(address)
            return str(probe.getsockname()[0])
    return None
