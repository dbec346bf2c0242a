"""`python -m kontali_desktop.demo_bank`."""

from __future__ import annotations

import sys

from kontali_desktop.demo_bank.main import main

if __name__ == "__main__":
    sys.exit(main())
