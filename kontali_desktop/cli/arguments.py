"""The command line of the headless door."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kontali_desktop.cli.options import PROGRAM, common_options
from kontali_desktop.domain.matches import QueueStatus

SIGN_IN_SECONDS = 600
HIDDEN_DECISIONS = 200
LARGEST_NUMBER = 2**63 - 1
if TYPE_CHECKING:
    _Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name


def number(text: str) -> int:
    """A whole number from one on that a database can hold."""
    value = int(text)
    if not 0 < value <= LARGEST_NUMBER:
        raise ValueError(text)
    return value


def parser() -> argparse.ArgumentParser:
    """The whole door. `--data-dir`, `--language` and `--json` stand before or after the verb."""
    common = common_options()
    root = argparse.ArgumentParser(prog=PROGRAM, parents=[common])
    verbs = root.add_subparsers(dest="verb", metavar="COMMAND")
    _add_clients(verbs, common)
    _add_files(verbs, common)
    _add_banks(verbs, common)
    _add_review(verbs, common)
    _add_evaluate(verbs, common)
    verbs.add_parser("doctor", parents=[common], help="what is well and what is not")
    demo = verbs.add_parser("demo", parents=[common], help="the window with the demo bank, ready to try")
    demo.add_argument("--pictures", type=Path, metavar="DIR", help="where the screenless journey leaves its pictures")
    verbs.add_parser("demo-bank", help="the demo bank alone, in the foreground")
    return root


def _add_clients(verbs: _Verbs, common: argparse.ArgumentParser) -> None:
    client = verbs.add_parser("client", help="the companies whose books are kept")
    actions = client.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", parents=[common])
    add.add_argument("--name", required=True)
    add.add_argument("--orgnr", required=True)
    actions.add_parser("list", parents=[common])


def _add_files(verbs: _Verbs, common: argparse.ArgumentParser) -> None:
    importing = verbs.add_parser("import", parents=[common], help="invoices, open items and bank statements")
    importing.add_argument("--client", metavar="ORGNR")
    importing.add_argument("--complete", action="store_true", help="the list of open items is whole")
    importing.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    exporting = verbs.add_parser("export", parents=[common], help="accepted matches as payment vouchers")
    exporting.add_argument("--client", metavar="ORGNR")
    exporting.add_argument("--format", required=True, metavar="csv|xlsx|saft|...")
    exporting.add_argument("--out", required=True, type=Path, metavar="F")
    exporting.add_argument("--from", dest="since", type=date.fromisoformat, metavar="D")
    exporting.add_argument("--to", dest="until", type=date.fromisoformat, metavar="D")


def _add_banks(verbs: _Verbs, common: argparse.ArgumentParser) -> None:
    connect = verbs.add_parser("connect", parents=[common], help="sign in at a bank through the system browser")
    connect.add_argument("--client", metavar="ORGNR")
    connect.add_argument("--bank", required=True)
    connect.add_argument("--browser", action="store_true", required=True)
    connect.add_argument("--accounts", default="all", metavar="all|NUMBER,...")
    connect.add_argument("--booked-to", type=date.fromisoformat, metavar="D")
    connect.add_argument("--timeout", type=float, default=SIGN_IN_SECONDS, metavar="S")
    verbs.add_parser("connections", parents=[common], help="the bank connections")
    disconnect = verbs.add_parser("disconnect", parents=[common], help="revoke at the bank and forget the tokens")
    disconnect.add_argument("id", type=number)
    sync = verbs.add_parser("sync", parents=[common], help="fetch, then match")
    sync.add_argument("--connection", type=number, metavar="ID")
    sync.add_argument("--unattended", action="store_true")


def _add_evaluate(verbs: _Verbs, common: argparse.ArgumentParser) -> None:
    evaluating = verbs.add_parser("evaluate", parents=[common], help="test the matching on the client's own decisions")
    evaluating.add_argument("--client", metavar="ORGNR")
    evaluating.add_argument("--decisions", type=number, default=HIDDEN_DECISIONS, metavar="N")


def _add_review(verbs: _Verbs, common: argparse.ArgumentParser) -> None:
    match = verbs.add_parser("match", parents=[common], help="propose for what is open")
    match.add_argument("--client", metavar="ORGNR")
    queue = verbs.add_parser("queue", parents=[common], help="transactions with their proposals")
    queue.add_argument("--client", metavar="ORGNR")
    queue.add_argument("--status", choices=(*QueueStatus, "all"))
    accept = verbs.add_parser("accept", parents=[common], help="accept a proposal")
    accept.add_argument("id", type=number)
    accept.add_argument("--alternative", type=int, default=0, metavar="N")
    reject = verbs.add_parser("reject", parents=[common], help="reject a proposal")
    reject.add_argument("id", type=number)
    undo = verbs.add_parser("undo", parents=[common], help="take back the last decisions")
    undo.add_argument("count", type=number, nargs="?", default=1, metavar="N")
