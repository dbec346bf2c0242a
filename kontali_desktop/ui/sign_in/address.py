"""Rules about addresses: which one is the way back, and where the view may go."""

from __future__ import annotations

import ipaddress
from enum import Enum, auto
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
BLANK = ("about:blank", "about:srcdoc")


class Safety(Enum):
    """What the address bar says about an address."""

    SECURE = auto()
    LOCAL = auto()
    INSECURE = auto()


def is_redirect(url: str, redirect_uri: str) -> bool:
    """Whether the bank leads back to us: scheme, host, port and path exactly (RFC 9700, section 4.1.3)."""
    try:
        return _place(urlsplit(url)) == _place(urlsplit(redirect_uri))
    except ValueError:  # a port that is no number
        return False


def may_visit(url: str, *, loopback_http: bool) -> bool:
    """Only https; plain http to this machine alone, and only for a bank that runs on it."""
    if url in BLANK:
        return True
    safety = safety_of(url)
    return safety is Safety.SECURE or (safety is Safety.LOCAL and loopback_http)


def safety_of(url: str) -> Safety:
    """Whether others can read along."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Safety.INSECURE
    if parts.scheme == "https":
        return Safety.SECURE
    return Safety.LOCAL if parts.scheme == "http" and _is_loopback(parts.hostname or "") else Safety.INSECURE


def shown(url: str) -> tuple[str, str]:
    """Host with port, and path: what is shown. A query may hold codes and is never shown."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    host = parts.netloc.rpartition("@")[2]  # a user name before it could look like a host
    return host, "" if parts.path == "/" else parts.path


def _place(parts: SplitResult) -> tuple[str, str, int | None, str]:
    port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port, parts.path or "/"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
