"""A bank that only sends pages rendered beforehand, each after a delay, on kept-alive connections; a process apart."""

from __future__ import annotations

import asyncio
import re
import sys

from tests.benchmarks.material import listing_pages

PATH = "/psd2/accounts/1/transactions"
_PAGE = re.compile(rb"pageId=(\d+)")


async def _serve(pages: list[bytes], delay: float) -> None:
    answers = [
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(page), page)
        for page in pages
    ]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                asked = _PAGE.search(request.partition(b"\r\n")[0])
                await asyncio.sleep(delay)
                writer.write(answers[int(asked[1]) if asked else 0])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)  # until the parent lets go


if __name__ == "__main__":
    asyncio.run(_serve(listing_pages(int(sys.argv[1]), int(sys.argv[2]), PATH), float(sys.argv[3])))
