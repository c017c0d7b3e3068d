"""A small proxy before the explorer, as nginx is one: it passes on one path and keeps the host that was asked for.

Beside the explorer it serves `/course`, a page that shows it in a frame.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial

from tests.explorer.serving import PATIENCE

PATH = "/clinic"
COURSE = "/course"
NOT_HERE = b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
PAGE = """<!doctype html><html lang="en"><title>A course</title><h1>A course</h1>
<iframe title="The explorer" width="1000" height="800" src="{}/?embed=true"></iframe>"""


@contextmanager
def proxy(port: int, server: int) -> Iterator[str]:
    """The proxy, listening on a port, in front of a server on another; the address under which it shows the server."""
    address = f"http://127.0.0.1:{port}{PATH}"
    end = Future[Callable[[], object]]()
    # In a thread of its own: where a browser is open, this thread has a loop that runs already.
    with ThreadPoolExecutor(1) as threads:
        served = threads.submit(asyncio.run, _serve(port, server, address, end))
        ends = end.result(PATIENCE)
        try:
            yield address
        finally:
            ends()
            served.result()


async def _serve(port: int, server: int, address: str, end: Future[Callable[[], object]]) -> None:
    """Serves until the function in `end` is called."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    async def answered(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split()[1].decode()
            if path.startswith(f"{PATH}/"):
                await _passed_on(head, reader, writer, server)
            else:
                writer.write(_page(address) if path == COURSE else NOT_HERE)
                await writer.drain()
        writer.close()

    listening = await asyncio.start_server(answered, "127.0.0.1", port)
    end.set_result(partial(loop.call_soon_threadsafe, ended.set))
    await ended.wait()
    listening.close()
    await _all_ended()


async def _all_ended() -> None:
    """Ends the connections that are still open."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


def _page(address: str) -> bytes:
    text = PAGE.format(address).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(text) + text


async def _passed_on(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, server: int) -> None:
    """Passes on one connection, a WebSocket too, in both directions until either side ends it."""
    from_server, to_server = await asyncio.open_connection("127.0.0.1", server)
    to_server.write(head)
    try:
        await asyncio.gather(_copied(reader, to_server), _copied(from_server, writer))
    finally:
        to_server.close()


async def _copied(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while part := await source.read(65_536):
        target.write(part)
        await target.drain()
    target.close()
