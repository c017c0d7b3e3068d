"""Counts the bytes that a server sends, as they are on the wire: compressed, with headers, web sockets too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit


@dataclass
class Wire:
    """Passes everything on between browsers, at its address, and a server; `received` bytes came from the server."""

    server: str
    address: str = ""
    received: int = 0

    async def serve(self, end: Future[Callable[[], object]]) -> None:
        """Passes on, at a free port, until the function in `end` is called; what is open then is cut."""
        listening, ended = await asyncio.start_server(self._join, "127.0.0.1"), asyncio.Event()
        self.address = "http://{}:{}".format(*listening.sockets[0].getsockname())
        end.set_result(partial(asyncio.get_running_loop().call_soon_threadsafe, ended.set))
        await ended.wait()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        at = urlsplit(self.server)
        from_server, to_server = await asyncio.open_connection(at.hostname, at.port)
        with suppress(asyncio.CancelledError):
            await asyncio.gather(self._pass_on(reader, to_server), self._pass_on(from_server, writer, counted=1))

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counted: int = 0) -> None:
        with suppress(ConnectionError):
            while some := await reader.read(1 << 16):
                self.received += len(some) * counted
                writer.write(some)
                await writer.drain()
        writer.close()


@contextmanager
def wire(server: str) -> Iterator[Wire]:
    """Passes on to the server at this address, from a thread of its own."""
    between, end = Wire(server), Future[Callable[[], object]]()
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, between.serve(end))
        ends = end.result()
        yield between
        ends()
