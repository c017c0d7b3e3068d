"""A room: an address that other devices reach and its code, or why there is none.

No light decoder is written in Python, so the squares drawn are compared with those that segno works out. Once, by hand, zxing-cpp
read codes of walks of 20 visits from pictures that Chromium had drawn, at 2 pixels a square and more.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import ifaddr
import pytest
import segno
from streamlit import config

from explorer.links.address import codes, scenarios
from explorer.server import lan_link as rooms
from explorer.server.lan_link import (
    LOCAL_ONLY,
    NO_ADDRESS,
    ServerAddress,
    addresses,
    lan_link,
    lan_link_section,
    listening,
    qr_code,
)
from pathway.scenarios.walk import MOST_VISITS, State, new_walk

LAN = "http://192.168.1.20:8501/"
LOCAL = ServerAddress("127.0.0.1", 8501)


def squares(svg: str) -> set[tuple[int, int]]:
    """The black squares that a code draws, less its margin."""
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)
    assert path
    found, x, y = set[tuple[int, int]](), 0.0, 0.0
    for move, by, down in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", path[1]):
        if move == "h":
            found |= {(int(x) + step - 4, int(y) - 4) for step in range(int(by))}
        x = float(by) if move == "M" else x + float(by)
        y = (float(down) if move == "M" else y + float(down)) if down else y
    return found


def busy(marks: int) -> State:
    """A walk of the most visits, at each of which some treatments were marked."""
    given = {"injection": "declined", "conservative_care": "helped", "exercise_programme": "done", "numbness": "present"}
    walk = new_walk(scenarios()["driver-eight-weeks"].answers).answered(dict(list(given.items())[:marks]))
    while len(walk.visits) < MOST_VISITS:
        walk = walk.add_visit(52, "same", care=True).answered(dict(list(given.items())[:marks]))
    return walk


@pytest.fixture
def open_port() -> Iterator[int]:
    """A port on which this machine answers, at each of its addresses."""
    with socket.create_server(("0.0.0.0", 0)) as listener:
        yield listener.getsockname()[1]


def adapters(*found: tuple[str, str]) -> list[ifaddr.Adapter]:
    """Interfaces with an address each."""
    return [ifaddr.Adapter(name, name, [ifaddr.IP(ip, 24, name)]) for name, ip in found]


@pytest.mark.parametrize("address", [LAN, f"{LAN}?s={codes().encode(busy(0))}", f"{LAN}?s={codes().encode(busy(4))}"])
def test_the_qr_code_encodes_the_address(address: str) -> None:
    matrix = segno.make_qr(address, error="L").matrix
    svg = qr_code(address)
    assert svg
    assert squares(svg) == {(x, y) for y, row in enumerate(matrix) for x, black in enumerate(row) if black}


def test_a_qr_code_is_black_on_white_with_margin_and_label() -> None:
    svg = qr_code(LAN)
    assert svg
    size = len(segno.make_qr(LAN, error="L").matrix) + 8
    assert svg.startswith('<div class="qr" role="img" aria-label="')
    assert f'viewBox="0 0 {size} {size}"' in svg and f'fill="#fff" d="M0 0h{size}v{size}h-{size}z"' in svg


def test_a_scenario_of_the_most_visits_has_a_qr_code() -> None:
    found = lan_link(codes().encode(busy(4)), LAN)
    assert found.address and len(found.address) > 400 and found.svg


def test_a_link_too_long_for_a_qr_code_says_why() -> None:
    found = lan_link("1" * 1300, LAN)
    assert (
        found.address
        and found.svg is None
        and f"too long for a QR code that others in the room can read ({len(found.address)} char" in found.note
    )
    assert lan_link("1" * 10_000, LAN).svg is None


@pytest.mark.parametrize(
    "opened", ["http://192.168.1.20:8501/", "https://explorer.example.org/a/b/", "http://[fd00::2]:8501/", "http://board.local/"]
)
def test_an_address_opened_by_another_device_is_used(opened: str) -> None:
    assert lan_link("1~x", opened, LOCAL).address == f"{opened}?s=1~x"
    assert lan_link("", opened, LOCAL).address == opened


@pytest.mark.parametrize(
    "opened",
    [None, "", "http://localhost:8501/", "http://app.localhost/", "http://127.0.0.1:8501/", "http://127.9.9.9/", "http://[::1]:8501/",
     "http://0.0.0.0:8501/", "javascript:alert(1)", "file:///etc", "http://a:99999/", "http://[x/", f"http://{'a' * 300}/", "http:///x"],
)  # fmt: skip
def test_an_address_other_devices_cannot_use_is_not_used(opened: str | None) -> None:
    found = lan_link("1~x", opened, LOCAL)
    assert (found.address, found.svg, found.note) == (None, None, LOCAL_ONLY)


def test_user_and_password_are_removed_from_an_address() -> None:
    assert lan_link("", "http://me:secret@board.local/").address == "http://board.local/"


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "unix:///run/x"])
def test_a_local_server_says_how_to_serve_the_network(address: str) -> None:
    found = lan_link("1~x", None, ServerAddress(address, 8501))
    assert found.address is None and "make run HOST=0.0.0.0" in found.note


def test_a_server_on_all_interfaces_has_a_reachable_address(open_port: int) -> None:
    hosts = list(addresses())
    found = lan_link("1~x", "http://localhost/", ServerAddress(None, open_port, "base"))
    assert found.address == (f"http://{hosts[0]}:{open_port}/base/?s=1~x" if hosts else None)
    assert found.note == (rooms.WORKS_WHERE if hosts else NO_ADDRESS)


def test_an_unreachable_address_is_not_shown() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        unused = free.getsockname()[1]
    found = lan_link("", None, ServerAddress(None, unused))
    assert found.address is None and found.note in (LOCAL_ONLY, NO_ADDRESS)


def test_a_machine_without_a_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: adapters(("lo", "127.0.0.1"), ("eth0", "169.254.3.4")))
    assert lan_link("", None, ServerAddress(None, 8501)).note == NO_ADDRESS


def test_private_addresses_come_first_and_virtual_interfaces_last(monkeypatch: pytest.MonkeyPatch) -> None:
    found = adapters(
        ("docker0", "172.17.0.1"), ("lo", "127.0.0.1"), ("eth1", "8.8.4.4"), ("wlan0", "192.168.1.20"), ("tun0", "10.8.0.2")
    )
    monkeypatch.setattr(ifaddr, "get_adapters", lambda: found)
    assert list(addresses()) == ["192.168.1.20", "8.8.4.4", "172.17.0.1", "10.8.0.2"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"server.address": "0.0.0.0"}, ServerAddress(None, 8501)),
        ({"server.address": "::"}, ServerAddress(None, 8501)),
        ({"server.address": None, "server.port": 9000}, ServerAddress(None, 9000)),
        ({"server.address": "10.0.0.5", "server.baseUrlPath": "/app/"}, ServerAddress("10.0.0.5", 8501, "app")),
    ],
)
def test_where_it_listens_is_read_from_streamlit(options: dict[str, object], expected: ServerAddress) -> None:
    before = {name: config.get_option(name) for name in options}
    try:
        for name, value in options.items():
            config.set_option(name, value)
        assert listening() == expected
    finally:
        for name, value in before.items():
            config.set_option(name, value)


def test_the_address_is_shown_as_escaped_text() -> None:
    found = lan_link_section(lan_link("1~x", "http://board.local/<b>/"))
    assert "http://board.local/&lt;b&gt;/?s=1~x" in found and "<b>" not in found
    assert "start it with: make run" in lan_link_section(lan_link("", None, LOCAL))
