"""Puts the bank's endpoints together into one application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware

from kontali_desktop.demo_bank.ais.routes import ais_routes
from kontali_desktop.demo_bank.bank import Bank
from kontali_desktop.demo_bank.control.faults import FaultScript
from kontali_desktop.demo_bank.control.middleware import CallLog, FaultMiddleware
from kontali_desktop.demo_bank.control.routes import Control
from kontali_desktop.demo_bank.oauth.endpoints import OAuthEndpoints
from kontali_desktop.demo_bank.sign_in.pages import SignInPages


def make_app(bank: Bank, control_token: str) -> Starlette:
    """The control interface is there only with a token for it."""
    routes = [*OAuthEndpoints(bank).routes(), *SignInPages(bank).routes(), *ais_routes(bank)]
    if not control_token:
        return Starlette(routes=routes)
    script, log = FaultScript(), CallLog()
    routes += Control(bank, script, log, control_token).routes()
    return Starlette(routes=routes, middleware=[Middleware(FaultMiddleware, script, log, bank.clock)])
