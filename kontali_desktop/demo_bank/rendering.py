"""The bank's pages: Jinja2 with escaping on, and headers that allow neither frames nor scripts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kontali_desktop.demo_bank import texts


@cache
def _environment() -> Environment:
    loader = PackageLoader("kontali_desktop.demo_bank", "pages")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def language_of(request: Request) -> str:
    """Bokmål or English: `ui_locales` before Accept-Language, the first one known, else nb."""
    wanted = request.query_params.get("ui_locales", "").split()
    wanted += [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    for tag in wanted:
        primary = tag.split("-")[0].lower()
        if primary in ("nb", "nn", "no"):
            return "nb"
        if primary == "en":
            return "en"
    return "nb"


def page(name: str, language: str, values: Mapping[str, object], *, status: int = 200, goes_to: str = "") -> Response:
    """`goes_to` is where the form's answer may redirect: browsers hold form-action against redirects too."""
    content = _environment().get_template(name).render({**values, "t": texts.of(language), "language": language})
    return HTMLResponse(content, status_code=status, headers=_headers(goes_to))


def _headers(goes_to: str) -> dict[str, str]:
    rules = (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        f"form-action 'self'{_source(goes_to)}",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(rules),
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def _source(address: str) -> str:
    """The origin as a CSP source; an IPv6 host cannot be written as one, so its scheme stands for it."""
    parts = urlsplit(address)
    if not parts.scheme:
        return ""
    return f" {parts.scheme}:" if "[" in parts.netloc or not parts.netloc else f" {parts.scheme}://{parts.netloc}"
