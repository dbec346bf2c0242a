"""Where a person signs in from the window: the embedded view, or the system's browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

from kontali_desktop.ui.connect.presenter import Agents
from kontali_desktop.ui.sign_in.texts import ProblemText, SignInTexts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.services.ports import UserAgent
    from kontali_desktop.ui.theme import Theme
    from kontali_desktop.wording.wording import Wording

BROWSER_SECONDS = 600.0
LOOPBACK_BANKS = frozenset({"demo"})  # plain http, on this machine only


def agents(core: Core, theme: Theme, window: Callable[[], QWidget]) -> Agents:
    """The web engine and the HTTP listener load when the first sign-in begins."""

    def embedded(bank_id: str) -> UserAgent:
        from kontali_desktop.ui.sign_in.user_agent import EmbeddedUserAgent

        texts = sign_in_texts(core.wording, bank_id)
        return EmbeddedUserAgent(theme, window(), texts, loopback_http=bank_id in LOOPBACK_BANKS)

    def browser(_bank_id: str) -> UserAgent:
        from kontali_desktop.adapters.sign_in.answer_page import AnswerPage
        from kontali_desktop.adapters.sign_in.loopback import LoopbackUserAgent

        text = core.wording.text
        page = AnswerPage(core.wording.language, text("answer_page.title"), text("answer_page.text"))
        opener = None if core.environment.get("KONTALI_NO_BROWSER") else webbrowser.open
        return LoopbackUserAgent(lambda _url: None, opener, page, BROWSER_SECONDS)

    return Agents(embedded, browser)


def sign_in_texts(wording: Wording, bank_id: str) -> SignInTexts:
    text = wording.text
    bank = wording.bank(bank_id)
    problems = {
        name: ProblemText(text(f"sign_in.{name}.title"), text(f"sign_in.{name}.text"))
        for name in ("unreachable", "certificate", "refused", "crashed")
    }
    is_english = wording.language == "en"
    return SignInTexts(
        title=text("sign_in.title", bank=bank),
        client="",
        page_name=text("sign_in.page_name"),
        close=text("sign_in.close"),
        cancel=text("sign_in.cancel"),
        use_browser=text("sign_in.use_browser"),
        try_again=text("sign_in.try_again"),
        footer=text("sign_in.footer"),
        local_hint=text("sign_in.local_hint"),
        secure=text("sign_in.secure"),
        insecure=text("sign_in.insecure"),
        loading=text("sign_in.loading"),
        accept_language="en-GB,en;q=0.9" if is_english else "nb-NO,nb;q=0.9,en;q=0.8",
        **problems,
    )
