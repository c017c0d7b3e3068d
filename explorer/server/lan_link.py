"""For a room: an address that other devices reach, and its QR code; or why there is none. Nobody is asked to find it out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, ip_address
from urllib.parse import urlsplit

import ifaddr
import segno
import streamlit as st

from explorer.links.address import PARAMETER
from explorer.markup.html import Html, el

LARGEST = 25
"""The version of the largest code: 125 squares a side with its margin, 7 pixels each on a wall of 1,080, 2.7 on a phone."""
LONGEST_HOST = 253
PATIENCE = 0.3
"""Seconds for this machine to answer itself."""
VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "utun", "wg", "zt", "lxc", "cni")
"""Interfaces, by the start of their names, that lead to no room."""
ALONE = "Only this machine can open this page. For others in the room, start it with: make run HOST=0.0.0.0"
NO_ADDRESS = "Other devices can’t reach this machine. Join a network, then open this again."
TOO_LONG = (
    "This link is too long for a QR code that others in the room can read ({} characters). Delete some visits, or send the link."
)
WORKS_WHERE = "This works for devices that reach this machine, usually those in the same network."


@dataclass(frozen=True)
class LanLink:
    """The address for other devices, its code, and in words where it works or why something of it is missing."""

    address: str | None
    svg: Html | None
    why: str


@dataclass(frozen=True)
class Listening:
    """Where the server listens. `address` is None where it listens on everything."""

    address: str | None
    port: int
    path: str = ""
    scheme: str = "http"


def lan_link(token: str, opened_at: str | None = None, on: Listening | None = None) -> LanLink:
    """The room's view of a state. `opened_at`: the page's address as the browser has it; a proxy is seen there alone."""
    on = on or listening()
    hosts = _hosts(on)
    base = _public_address(opened_at) or _lan_address(on, hosts)
    if base is None:
        return LanLink(None, None, ALONE if hosts or on.address else NO_ADDRESS)
    address = f"{base}?{PARAMETER}={token}" if token else base
    svg = qr_code(address)
    return LanLink(address, svg, WORKS_WHERE if svg else TOO_LONG.format(len(address)))


def lan_link_section(found: LanLink) -> Html:
    """The code, the address as text, and the words."""
    address = el("p", el("code", found.address), class_="room-address") if found.address else None
    return el("div", found.svg, address, el("p", found.why, class_="small"), class_="room")


def listening() -> Listening:
    """What Streamlit was told. Another server that serves the app knows better, and does not say."""
    address, path = st.get_option("server.address"), str(st.get_option("server.baseUrlPath") or "").strip("/")
    everything = address in (None, "", "0.0.0.0", "::")
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    return Listening(None if everything else str(address), int(st.get_option("server.port")), path, scheme)


def _public_address(opened_at: str | None) -> str | None:
    """The page's own address, where it is one for others too."""
    try:
        parts = urlsplit(opened_at or "")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or len(host) > LONGEST_HOST or _is_own(host):
        return None
    return _url(parts.scheme, host, port, parts.path.strip("/"))


def _hosts(on: Listening) -> list[str]:
    """The names under which others may reach the server."""
    if on.address is None:
        return list(addresses())
    return [] if _is_own(on.address) or on.address.startswith("unix:") else [on.address]


def _lan_address(on: Listening, hosts: list[str]) -> str | None:
    """The server's address in this machine's network, where it has one."""
    answering = next((host for host in hosts if _answers(host, on.port)), None)
    return _url(on.scheme, answering, on.port, on.path) if answering else None


def addresses() -> Iterator[str]:
    """This machine's addresses for others: private ones first, virtual interfaces last."""
    found = [(str(ip.ip), adapter.name) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    rated = [(IPv4Address(ip), name.startswith(VIRTUAL)) for ip, name in found]
    usable = [one for one in rated if not (one[0].is_loopback or one[0].is_link_local)]
    return (str(ip) for ip, _ in sorted(usable, key=lambda one: (one[1], not one[0].is_private)))


def _is_own(host: str) -> bool:
    """Whether a host is this machine to whoever asks."""
    try:
        found = ip_address(host)
    except ValueError:
        return not host or host == "localhost" or host.endswith(".localhost")
    return found.is_loopback or found.is_unspecified


def _answers(host: str, port: int) -> bool:
    """Whether this machine answers itself there: its interface is up, and the server listens on it."""
    try:
        socket.create_connection((host, port), PATIENCE).close()
    except (OSError, UnicodeError):
        return False
    return True


def _url(scheme: str, host: str, port: int | None, path: str) -> str:
    held = f"[{host}]" if ":" in host else host
    shown_port = f":{port}" if port and port != {"http": 80, "https": 443}[scheme] else ""
    return f"{scheme}://{held}{shown_port}/{f'{path}/' if path else ''}"


@lru_cache(maxsize=32)
def qr_code(address: str) -> Html | None:
    """The QR code of an address, black on white in every theme; None where it would be too fine for a room."""
    try:
        made = segno.make_qr(address, error="L")
    except segno.DataOverflowError:
        return None
    if int(made.version) > LARGEST:
        return None
    drawn = made.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr-squares", lineclass=None)
    return el("div", Html(drawn), class_="qr", role="img", aria_label="QR code of the address beside it")
