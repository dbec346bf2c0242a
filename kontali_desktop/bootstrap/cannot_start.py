"""A small window that says why the program cannot open, for who clicks an icon reads no terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kontali_desktop.adapters.system.log_file import redacted
from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.bootstrap.application import make_application
from kontali_desktop.runtime.crash import CrashReporter
from kontali_desktop.runtime.loop import Lifetime
from kontali_desktop.ui.theme import IconName, Scheme, Tone, apply_theme
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.wording.wording import Wording

if TYPE_CHECKING:
    from kontali_desktop.domain.errors import KontaliError
    from kontali_desktop.wording.errors import ErrorText

SIZE = (560, 320)


def say_why(error: KontaliError, language: str, *, on_screen: bool) -> None:
    """In one line to the terminal, and in a window; returns when the person has closed it."""
    wording = Wording("en" if language == "en" else "nb", resource_path("locale"))
    print(wording.error(error).line, file=sys.stderr)
    if on_screen:
        _show(wording.error(error), wording)


def _show(words: ErrorText, wording: Wording) -> None:
    app = make_application()
    theme = apply_theme(app, Scheme.SYSTEM)
    window = EmptyState(theme, IconName.ERROR, "")
    window.show_state(IconName.ERROR, words.message, words.text, wording.text("common.close"), tone=Tone.NEGATIVE)
    window.setWindowTitle(wording.text("app.name"))
    window.setProperty("surface", "page")
    window.resize(*SIZE)
    lifetime = Lifetime(app, CrashReporter(redacted, app))
    for ended in (window.acted, app.lastWindowClosed, app.quit_asked):
        ended.connect(lifetime.quit)

    async def start() -> None:
        window.show()
        window.button.setFocus()

    lifetime.run(start)
    window.close()
