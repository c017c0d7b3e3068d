"""A link for devices in the same network and its QR code, or why there is none. No request goes to another machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from ipaddress import IPv4Address, ip_address
from urllib.parse import urlsplit

import ifaddr
import segno
import streamlit as st

from explorer.links.browser_address import SCENARIO_PARAM
from explorer.markup.html import Html, el

MAX_QR_VERSION = 25
"""The largest code: 125 squares a side with its margin. A square of it is 7 pixels on a wall, 2.7 on a phone."""
MAX_HOST_LENGTH = 253
"""The limit that DNS sets."""
CONNECT_TIMEOUT = 0.3
"""In seconds. This machine connects to itself, so an answer comes at once."""
DEFAULT_PORTS = {"http": 80, "https": 443}
VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "utun", "wg", "zt", "lxc", "cni")
"""Prefixes of virtual interfaces, which other devices can't reach."""
LOCAL_ONLY = "Only this machine can open this page. For others in the room, start it with: make run HOST=0.0.0.0"
NO_ADDRESS = "Other devices can’t reach this machine. Join a network, then open this again."
TOO_LONG = (
    "This link is too long for a QR code that others in the room can read ({} characters). Delete some visits, or send the link."
)
QR_ALT = "QR code of the address beside it"
WORKS_WHERE = "This works for devices that reach this machine, usually those in the same network."


@dataclass(frozen=True)
class LanLink:
    """The address for other devices, its QR code, and a text: where it works, or why something is missing."""

    address: str | None
    svg: Html | None
    note: str


@dataclass(frozen=True)
class ServerAddress:
    """Where the server listens. `address` is None where it listens on everything."""

    address: str | None
    port: int
    path: str = ""
    scheme: str = "http"


def lan_link(token: str, opened_at: str | None, server: ServerAddress | None = None) -> LanLink:
    """The link to a state for other devices. `opened_at`: the page's address in the browser; behind a proxy it alone is right."""
    return lan_link_to(f"?{SCENARIO_PARAM}={token}" if token else "", opened_at, server)


def lan_link_to(place: str, opened_at: str | None, server: ServerAddress | None = None) -> LanLink:
    """The link to a place in the explorer, such as `practice?p=7.10`, for other devices. `opened_at`: the address of Explore."""
    server = server or listening()
    hosts = _hosts(server)
    base = _public_address(opened_at) or _lan_address(server, hosts)
    if base is None:
        return LanLink(None, None, LOCAL_ONLY if hosts or server.address else NO_ADDRESS)
    address = f"{base}{place}"
    svg = qr_code(address)
    return LanLink(address, svg, WORKS_WHERE if svg else TOO_LONG.format(len(address)))


def lan_link_section(link: LanLink) -> Html:
    """Markup: the QR code, the address as text, and the explanation."""
    address = el("p", el("code", link.address), class_="room-address") if link.address else None
    return el("div", link.svg, address, el("p", link.note, class_="small"), class_="room")


def listening() -> ServerAddress:
    """The address and port in Streamlit's settings. Another server may run the app, so `_lan_address` tests each host."""
    address, path = st.get_option("server.address"), str(st.get_option("server.baseUrlPath") or "").strip("/")
    everything = address in (None, "", "0.0.0.0", "::")
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    return ServerAddress(None if everything else str(address), int(st.get_option("server.port")), path, scheme)


def _public_address(opened_at: str | None) -> str | None:
    """The page's address in the browser, if other devices can use it; else None."""
    try:
        parts = urlsplit(opened_at or "")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or len(host) > MAX_HOST_LENGTH or _is_loopback(host):
        return None
    return _url(parts.scheme, host, port, parts.path.strip("/"))


def _hosts(server: ServerAddress) -> list[str]:
    """The hosts under which other devices may reach the server."""
    if server.address is None:
        return list(addresses())
    return [] if _is_loopback(server.address) or server.address.startswith("unix:") else [server.address]


def _lan_address(server: ServerAddress, hosts: list[str]) -> str | None:
    """The address of the first host that answers; None if none does."""
    answering = next((host for host in hosts if _answers(host, server.port)), None)
    return _url(server.scheme, answering, server.port, server.path) if answering else None


def addresses() -> Iterator[str]:
    """This machine's addresses: private ones first, those of virtual interfaces last."""
    interfaces = [(str(ip.ip), adapter.name) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    candidates = [(IPv4Address(ip), name.startswith(VIRTUAL)) for ip, name in interfaces]
    usable = [(is_virtual, not ip.is_private, ip) for ip, is_virtual in candidates if not (ip.is_loopback or ip.is_link_local)]
    return (str(ip) for *_, ip in sorted(usable, key=lambda entry: entry[:2]))


def _is_loopback(host: str) -> bool:
    """Whether other devices can't use a host: loopback, unspecified or empty."""
    try:
        address = ip_address(host)
    except ValueError:
        return not host or host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _answers(host: str, port: int) -> bool:
    """Whether the server answers there: the interface is up and the server listens on it."""
    try:
        socket.create_connection((host, port), CONNECT_TIMEOUT).close()
    except (OSError, UnicodeError):
        return False
    return True


def _url(scheme: str, host: str, port: int | None, path: str) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    port_part = f":{port}" if port and port != DEFAULT_PORTS[scheme] else ""
    return f"{scheme}://{bracketed}{port_part}/{f'{path}/' if path else ''}"


@lru_cache(maxsize=32)
def qr_code(address: str) -> Html | None:
    """The QR code of an address, black on white in every theme; None where its squares would be too small."""
    code = _qr(address)
    if code is None:
        return None
    svg = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr-squares", lineclass=None)
    return el("div", Html(svg), class_="qr", role="img", aria_label=QR_ALT)


@lru_cache(maxsize=32)
def qr_image(address: str) -> str | None:
    """The QR code of an address as an SVG image of its own, for a native page; None where its squares would be too small."""
    code = _qr(address)
    if code is None:
        return None
    file = BytesIO()
    code.save(file, kind="svg", xmldecl=False, border=4, dark="#000", light="#fff", omitsize=True)
    return file.getvalue().decode()


def _qr(address: str) -> segno.QRCode | None:
    try:
        code = segno.make_qr(address, error="L")  # the least correction, so the largest squares
    except segno.DataOverflowError:
        return None
    return code if int(code.version) <= MAX_QR_VERSION else None
