"""Where the demo bank's doors are, from the address it runs at."""

from __future__ import annotations

from kontali_desktop.adapters.bank.settings import BankSettings
from kontali_desktop.domain.connections import Environment

DEMO = "demo"


def demo_settings(base_url: str) -> BankSettings:
    """`base_url` has no path; the client's name and secret are the demo's own, and open nothing else."""
    base = base_url.rstrip("/")
    return BankSettings(
        id=DEMO,
        name="Demobanken",
        environment=Environment.SANDBOX,
        base_url=f"{base}/psd2",
        authorization_url=f"{base}/oauth2/authorize",
        token_url=f"{base}/oauth2/token",
        revocation_url=f"{base}/oauth2/revoke",
        metadata_url=f"{base}/.well-known/oauth-authorization-server",
        client_id="kontali-demo",
        client_secret="demo-secret",  # noqa: S106 - known to all, of a bank with invented money
        scopes=("psd2:accounts:read", "psd2:transactions:read"),
    )
