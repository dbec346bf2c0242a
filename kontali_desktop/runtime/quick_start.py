"""What makes the window's many imports quick; asked for before them, at the very start."""

from __future__ import annotations

import builtins
import gc


def quicken() -> None:
    """Load Qt with Python's own import kept in its place, and collect no garbage until there is some.

    PySide6 puts an import of its own over Python's, which reads the source of every module loaded after it in search
    of `from __feature__ import …`. This program uses no features of that kind, and has hundreds of modules.
    What an import leaves stays for good, so that looking for garbage in it finds none; `GarbageCollector` looks for
    it from the moment there is a loop.
    """
    gc.disable()
    own_import = builtins.__import__
    import PySide6.QtCore  # noqa: F401, PLC0415 - loaded here, so that its import can be taken back

    builtins.__import__ = own_import
