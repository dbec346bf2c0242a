"""Runs first in the bundle: what the program starts, a browser say, gets the system's own libraries back.

PyInstaller's loader leads the library search into the bundle by LD_LIBRARY_PATH; this process has read it already.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is not None:
    os.environ["LD_LIBRARY_PATH"] = _before
else:
    os.environ.pop("LD_LIBRARY_PATH", None)
