"""Which address is the way back, which may be visited, and what of it is shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.sign_in.address import Safety, is_redirect, may_visit, safety_of, shown
from kontali_desktop.ui.sign_in.address_bar import AddressBar
from kontali_desktop.ui.theme import Theme
from tests.ui.sign_in.sign_in_texts import TEXTS

LOOPBACK = "http://127.0.0.1:8901/callback"
HTTPS = "https://kontali.no/bank/callback"


@pytest.mark.parametrize(
    ("url", "redirect"),
    [
        (LOOPBACK, LOOPBACK),
        (f"{LOOPBACK}?code=1&state=2", LOOPBACK),
        (f"{LOOPBACK}?error=access_denied#fragment", LOOPBACK),
        ("https://kontali.no:443/bank/callback?code=1", HTTPS),
        ("HTTPS://Kontali.NO/bank/callback", HTTPS),
        ("https://kontali.no/?code=1", "https://kontali.no"),
    ],
)
def test_the_way_back(url: str, redirect: str) -> None:
    assert is_redirect(url, redirect)


@pytest.mark.parametrize(
    ("url", "redirect"),
    [
        ("http://127.0.0.1:8902/callback?code=1", LOOPBACK),
        ("http://127.0.0.1:8901/callback/more", LOOPBACK),
        ("http://127.0.0.1:8901/callbackmore", LOOPBACK),
        ("http://127.0.0.1:8901/Callback", LOOPBACK),
        ("https://127.0.0.1:8901/callback", LOOPBACK),
        ("http://localhost:8901/callback", LOOPBACK),
        ("http://kontali.no/bank/callback", HTTPS),
        ("https://kontali.no.example.com/bank/callback", HTTPS),
        ("https://example.com/?u=https://kontali.no/bank/callback", HTTPS),
        ("https://kontali.no@example.com/bank/callback", HTTPS),
        ("https://kontali.no:x/bank/callback", HTTPS),
    ],
)
def test_not_the_way_back(url: str, redirect: str) -> None:
    assert not is_redirect(url, redirect)


@pytest.mark.parametrize(
    ("url", "https_only", "demo"),
    [
        ("https://www.dnb.no/login", True, True),
        ("http://www.dnb.no/login", False, False),
        ("http://127.0.0.1:8765/authorize", False, True),
        ("http://[::1]:8765/authorize", False, True),
        ("http://localhost/authorize", False, True),
        ("http://localhost.example.com/", False, False),
        ("http://127.0.0.1@example.com/", False, False),
        ("about:blank", True, True),
        ("about:config", False, False),
        ("file:///etc/passwd", False, False),
        ("data:text/html,hei", False, False),
        ("javascript:alert(1)", False, False),
        ("bankid://start", False, False),
        ("http://[broken", False, False),
    ],
)
def test_where_the_view_may_go(url: str, https_only: bool, demo: bool) -> None:  # noqa: FBT001  # parameters of a test
    assert may_visit(url, loopback_http=False) is https_only
    assert may_visit(url, loopback_http=True) is demo


def test_codes_are_never_shown() -> None:
    assert shown("https://auth.dnb.no:8443/login/step?code=secret#x") == ("auth.dnb.no:8443", "/login/step")
    assert shown("https://www.dnb.no@example.com/") == ("example.com", "")
    assert shown("https://[broken") == ("", "")


def test_the_bar_says_in_words_what_the_icon_says(theme: Theme, qtbot: QtBot) -> None:
    bar = AddressBar(theme, TEXTS)
    qtbot.addWidget(bar)
    for url, safety, word in (
        ("https://www.dnb.no/login", Safety.SECURE, TEXTS.secure),
        ("http://127.0.0.1:8765/authorize", Safety.LOCAL, TEXTS.local_hint),
        ("http://www.dnb.no/", Safety.INSECURE, TEXTS.insecure),
    ):
        bar.set_address(url)
        assert safety_of(url) is safety
        assert word in bar.accessibleName()


def test_a_long_host_keeps_its_end_in_sight(theme: Theme, qtbot: QtBot) -> None:
    bar = AddressBar(theme, TEXTS)
    qtbot.addWidget(bar)
    bar.resize(300, bar.height())
    pictures = []
    for host in ("bank", "evil"):
        bar.set_address(f"https://www.dnb.no.{'long.' * 20}{host}.example.com/login")
        pictures.append(bar.grab().toImage())
    assert pictures[0] != pictures[1]
