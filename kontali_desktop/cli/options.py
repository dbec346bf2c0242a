"""The options of every door, apart from the verbs: the window opens the sooner without those."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

PROGRAM = "kontali-desktop"


def common_options() -> argparse.ArgumentParser:
    """`--data-dir`, `--language` and `--json`, to be a parent of whole parsers."""
    common = argparse.ArgumentParser(prog=PROGRAM, add_help=False)
    common.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS, metavar="DIR")
    common.add_argument("--language", choices=("nb", "en"), default=argparse.SUPPRESS)
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    return common


def chosen_directory(given: argparse.Namespace) -> Path | None:
    """`--data-dir`, else `KONTALI_DATA_DIR`, else the platform's own place (None)."""
    chosen = getattr(given, "data_dir", None) or os.environ.get("KONTALI_DATA_DIR")
    return Path(chosen) if chosen else None
