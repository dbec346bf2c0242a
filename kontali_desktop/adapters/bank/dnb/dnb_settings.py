"""DNB's settings from the names that an earlier program used, with defaults for each style and environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kontali_desktop.adapters.bank.settings import AuthorisationStyle, BankSettings, ConsentAccess
from kontali_desktop.domain.connections import Environment
from kontali_desktop.services.errors import BankNotConfigured

DNB = "dnb"
_NAME = "DNB"
_DEFAULT_SCOPES = "psd2:accounts:read psd2:transactions:read"
_YES = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class _Hosts:
    base_url: str
    oauth_url: str


# The consent style's hosts are those of DNB's public recordings (2019 to 2022), the other's of the earlier program.
# Which of them answer today could not be verified: every one of these addresses can be set.
_HOSTS = {
    (AuthorisationStyle.OAUTH, Environment.PRODUCTION): _Hosts("https://api.dnb.no/psd2", "https://api.dnb.no/oauth2"),
    (AuthorisationStyle.OAUTH, Environment.SANDBOX): _Hosts(
        "https://api.sandbox.dnb.no/psd2", "https://api.sandbox.dnb.no/oauth2"
    ),
    (AuthorisationStyle.CONSENT, Environment.PRODUCTION): _Hosts("https://api.psd.dnb.no/v1", ""),
    (AuthorisationStyle.CONSENT, Environment.SANDBOX): _Hosts("https://sandboxapi.psd.dnb.no/v1", ""),
}


def dnb_settings(values: Mapping[str, str]) -> BankSettings:
    """`values` are the `DNB_…` names. Raises BankNotConfigured for missing names and unknown values."""
    given = {name: value.strip() for name, value in values.items() if value.strip()}
    style = _style(given)
    environment = Environment.SANDBOX if given.get("DNB_USE_SANDBOX", "").lower() in _YES else Environment.PRODUCTION
    _need(given, style, environment)
    hosts = _HOSTS[style, environment]
    return BankSettings(
        id=DNB,
        name=_NAME,
        environment=environment,
        base_url=given.get("DNB_BASE_URL", hosts.base_url).rstrip("/"),
        style=style,
        authorization_url=given.get("DNB_AUTHORIZATION_URL", f"{hosts.oauth_url}/authorize"),
        token_url=given.get("DNB_TOKEN_URL", f"{hosts.oauth_url}/token"),
        revocation_url=given.get("DNB_REVOCATION_URL", f"{hosts.oauth_url}/revoke"),
        metadata_url=given.get("DNB_METADATA_URL", ""),
        issuer=given.get("DNB_ISSUER", ""),
        client_id=given.get("DNB_CLIENT_ID", ""),
        client_secret=given.get("DNB_CLIENT_SECRET", ""),
        scopes=tuple(given.get("DNB_SCOPES", _DEFAULT_SCOPES).split()),
        redirect_uri=given.get("DNB_REDIRECT_URI"),
        api_key=given.get("DNB_API_KEY", ""),
        psu_id=given.get("DNB_PSU_ID", ""),
        client_certificate=_path(given, "DNB_CLIENT_CERTIFICATE"),
        client_key=_path(given, "DNB_CLIENT_KEY"),
        consent_access=_access(given),
    )


def _style(given: Mapping[str, str]) -> AuthorisationStyle:
    try:
        return AuthorisationStyle(given.get("DNB_AUTHORIZATION", AuthorisationStyle.OAUTH).lower())
    except ValueError:
        raise BankNotConfigured(service=_NAME, missing="DNB_AUTHORIZATION") from None


def _access(given: Mapping[str, str]) -> ConsentAccess:
    try:
        return ConsentAccess(given.get("DNB_CONSENT_ACCESS", ConsentAccess.BANK_OFFERED).lower())
    except ValueError:
        raise BankNotConfigured(service=_NAME, missing="DNB_CONSENT_ACCESS") from None


def _need(given: Mapping[str, str], style: AuthorisationStyle, environment: Environment) -> None:
    needed = ["DNB_CLIENT_ID", "DNB_CLIENT_SECRET"]
    if style is AuthorisationStyle.CONSENT:
        # The licence shows itself by the certificate; a sandbox, or a host of one's own choice, may do without.
        is_real = environment is Environment.PRODUCTION and "DNB_BASE_URL" not in given
        needed = ["DNB_CLIENT_CERTIFICATE"] if is_real else []
    missing = [name for name in needed if name not in given]
    if missing:
        raise BankNotConfigured(service=_NAME, missing=", ".join(missing))


def _path(given: Mapping[str, str], name: str) -> Path | None:
    return Path(given[name]).expanduser() if name in given else None
