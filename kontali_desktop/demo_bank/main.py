"""The command: `python -m kontali_desktop.demo_bank`, and `demo-bank` among the program's own verbs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from kontali_desktop.demo_bank.bank import Dialect
from kontali_desktop.demo_bank.server import DEFAULT_SEED, Options, run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command, for whoever has a parser of their own."""
    parser.add_argument("--port", type=int, default=0, metavar="P", help="0 takes a free one")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="S", help="the same seed gives the same data")
    parser.add_argument("--state", type=Path, metavar="DIR", help="where consents, tokens and invoices outlive it")
    parser.add_argument("--dialect", choices=list(Dialect), default=Dialect.STANDARD, type=Dialect)
    parser.add_argument("--redirect", action="append", default=[], metavar="URI", help="one more registered redirect")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    parser.add_argument("--control", action="store_true", help="clock, faults and calls under /control, for tests")


def options_of(given: argparse.Namespace) -> Options:
    return Options(
        given.port, given.seed, given.state, given.dialect, tuple(given.redirect), given.with_parent, given.control
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="demo-bank", description="A bank of its own with made data, on loopback only")
    add_arguments(parser)
    return run(options_of(parser.parse_args(arguments)))
