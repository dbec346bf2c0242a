"""From a person's decision to the new proposals in the file: `python -m tests.benchmarks.matching.road`.

Accepting a line and proposing anew, through the services and over a real file. The database is read, the engine
follows, and what is otherwise is written; the median and the longest of a few decisions, in processor time.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.ids import AccountId, ClientId
from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.matching.engine import Matcher, propose
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.services.review import Review
from kontali_desktop.services.store_listing import store_listing
from tests.benchmarks.matching.again import SEED, documents_for
from tests.benchmarks.matching.learning import reported_of
from tests.benchmarks.matching.make import make
from tests.benchmarks.matching.regimes import REGIMES
from tests.benchmarks.matching.score import table
from tests.support import SettableClock, account_number, orgnr

_LINES = (1_000, 5_000)
_DECISIONS = 15


class Road:
    """One client's books in a file of its own."""

    def __init__(self, storage: SqlStorage, regime: str, lines: int) -> None:
        clock = SettableClock()
        self._storage = storage
        self.client = Clients(storage, clock).add("Klient AS", orgnr(1))[0].id
        self.propose = ProposeMatches(storage, propose, clock, lambda: Matcher().propose)
        self._review = Review(storage, clock)
        request = make(regime, SEED, documents_for(lines)).request
        with storage.writing() as work:
            for number, account in enumerate(sorted({t.account_id for t in request.transactions}), 1):
                told = request.own_accounts.get(account) or account_number(number)
                mine = BankAccount(AccountId(0), self.client, told, ledger_account=f"192{number}")
                added = work.accounts.add(mine)
                theirs = [t.reported for t in request.transactions if t.account_id == account]
                store_listing(work, added.id, theirs, "feed", clock.now())
            known = (*request.open_items, *request.settled)
            documents = [replace(reported_of(i), remaining=i.open_amount) for i in known]
            work.documents.add(self.client, documents, "ehf", clock.now())
            work.commit()

    def accept_one(self) -> bool:
        """The one in the middle of those that have a document; whether there was one."""
        with self._storage.reading() as work:
            decided = work.matches.decided_ids(self.client)
            ranked = work.matches.load_proposals(self.client)
        offered = [t for t, p in sorted(ranked.items()) if t not in decided and p[0].kind is ProposalKind.DOCUMENTS]
        if offered:
            self._review.accept(offered[len(offered) // 2])
        return bool(offered)


def milliseconds(client: ClientId, road: Road) -> tuple[float, float, float]:
    """Processor time from nothing, and after each of a few decisions: the median and the longest."""
    from_nothing, times = _once(client, road), []
    for _ in range(_DECISIONS):
        if not road.accept_one():
            break
        times.append(_once(client, road))
    return from_nothing, statistics.median(times), max(times)


def _once(client: ClientId, road: Road) -> float:
    began = time.process_time()
    road.propose.propose_anew(client)
    return (time.process_time() - began) * 1_000


def _rows() -> Iterator[tuple[str, ...]]:
    for lines in _LINES:
        for regime in REGIMES:
            with (
                tempfile.TemporaryDirectory() as folder,
                SqlStorage(Path(folder) / "kontali.sqlite", datetime.now(UTC)) as storage,
            ):
                road = Road(storage, regime, lines)
                yield (f"{lines} {regime}", *(f"{ms:.0f}" for ms in milliseconds(road.client, road)))


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(table(list(_rows()), ("client", "ms, all", "ms again", "longest")))


if __name__ == "__main__":
    main()
