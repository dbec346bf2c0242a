"""Picks the window or the headless door by the verb; nothing else."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kontali_desktop.runtime.quick_start import quicken

_OPTIONS_WITH_VALUE = ("--data-dir", "--language")


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    verb = _verb(given)
    is_asking = "--help" in given or "-h" in given
    if verb is None and not is_asking:
        quicken()
        from kontali_desktop.bootstrap import window

        return window.main(given)
    if verb == "demo" and not is_asking:
        quicken()
        from kontali_desktop.bootstrap import demo

        return demo.main(given)
    if verb == "doctor-web-view":
        from kontali_desktop.bootstrap import web_view_check

        return web_view_check.main()
    if verb == "demo-bank":
        from kontali_desktop.demo_bank.main import main as demo_bank

        return demo_bank(given[given.index("demo-bank") + 1 :])
    from kontali_desktop.bootstrap import headless

    return headless.main(given)


def _verb(given: Sequence[str]) -> str | None:
    """The first word that is neither an option nor an option's value."""
    is_value = False
    for word in given:
        if is_value:
            is_value = False
        elif word.startswith("-"):
            is_value = word in _OPTIONS_WITH_VALUE
        else:
            return word
    return None


if __name__ == "__main__":
    sys.exit(main())
