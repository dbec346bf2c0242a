"""The one factory of HTTP clients, for banks and for their token endpoints."""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict

import httpx

from kontali_desktop.adapters.http.transport import Bounds, GuardedTransport
from kontali_desktop.services.errors import BankNotConfigured


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """What the client shows of itself in mutual TLS: PEM files; the key may lie in the certificate's own file."""

    certificate: Path
    key: Path | None = None


class ClientArguments(TypedDict):
    """What every client is made with, ours and Authlib's alike."""

    transport: httpx.AsyncBaseTransport
    headers: dict[str, str]
    timeout: httpx.Timeout
    follow_redirects: bool
    trust_env: bool


def client_arguments(
    service: str, *, certificate: ClientCertificate | None = None, bounds: Bounds | None = None
) -> ClientArguments:
    """Arguments for `httpx.AsyncClient` or a child of it; `service` names the other side in errors and in the log."""
    # Their lines hold whole addresses: account numbers, and the code of a sign-in.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    bounds = bounds or Bounds()
    inner = httpx.AsyncHTTPTransport(verify=_tls(service, certificate), retries=0)
    return ClientArguments(
        transport=GuardedTransport(inner, service, bounds),
        headers={"User-Agent": f"KontaliDesktop/{version('kontali-desktop')}", "Accept-Encoding": "identity"},
        timeout=httpx.Timeout(bounds.silence, connect=bounds.connect),
        # A token must not follow wherever an answer points.
        follow_redirects=False,
        # No credentials from a .netrc file.
        trust_env=False,
    )


def _tls(service: str, certificate: ClientCertificate | None) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    # Beside the bundled roots those of the system: an office's own proxy is known there.
    context.load_default_certs()
    if certificate is not None:
        try:
            context.load_cert_chain(certificate.certificate, certificate.key)
        except OSError as error:  # ssl.SSLError is one too
            raise BankNotConfigured(service=service, missing=certificate.certificate.name) from error
    return context
