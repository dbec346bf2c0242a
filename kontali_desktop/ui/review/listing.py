"""The loaded queue with its groups and its search, without Qt: what is shown, in which order, and how many of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import DECIDED, QueueStatus
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.queue import WAITING
from kontali_desktop.services.review_models import Level, QueueItem

SHOWN = WAITING | DECIDED | {QueueStatus.PARKED}


class Group(StrEnum):
    """The chips over the list. ALL is everything that waits for a person."""

    ALL = "all"
    SURE = "sure"
    LIKELY = "likely"
    WITHOUT = "without"
    ACCEPTED = "accepted"
    PARKED = "parked"


_OF_LEVEL = {Level.SURE: Group.SURE, Level.LIKELY: Group.LIKELY, Level.NONE: Group.WITHOUT}


def group_of(item: QueueItem) -> Group:
    """The one group an item belongs to besides ALL."""
    if item.status in WAITING:
        return _OF_LEVEL[item.level]
    return Group.PARKED if item.status is QueueStatus.PARKED else Group.ACCEPTED


def place_of(item: QueueItem) -> tuple[int, int]:
    """Newest first, as the queue is read."""
    day = item.transaction.reported.booking_date
    return (-day.toordinal() if day else 0, item.id)


class Listing:
    """Items by id; `visible` follows group and search."""

    def __init__(self, items: Iterable[QueueItem] = ()) -> None:
        self._items = {item.id: item for item in items}
        self._counts = Counter(group_of(item) for item in self._items.values())
        self._automatic = sum(1 for item in self._items.values() if item.is_automatic)
        self._hay: dict[TransactionId, str] = {}
        self._named: dict[DocumentId, set[TransactionId]] = {}
        for item in self._items.values():
            self._note_documents(item)
        self.group = Group.ALL
        self.needle = ""

    def __len__(self) -> int:
        return len(self._items)

    def find(self, item_id: TransactionId) -> QueueItem | None:
        return self._items.get(item_id)

    def get(self, item_id: TransactionId) -> QueueItem:
        return self._items[item_id]

    @property
    def waiting(self) -> int:
        return self._counts[Group.SURE] + self._counts[Group.LIKELY] + self._counts[Group.WITHOUT]

    @property
    def automatic(self) -> int:
        return self._automatic

    def count(self, group: Group) -> int:
        return self.waiting if group is Group.ALL else self._counts[group]

    def put(self, item: QueueItem) -> None:
        """A new state of an item, or a new item."""
        before = self._items.get(item.id)
        if before is not None:
            self._counts[group_of(before)] -= 1
            self._automatic -= before.is_automatic
        self._items[item.id] = item
        self._counts[group_of(item)] += 1
        self._automatic += item.is_automatic
        self._hay.pop(item.id, None)
        self._note_documents(item)

    def naming(self, documents: Iterable[DocumentId]) -> tuple[QueueItem, ...]:
        """What waits and has a proposal that names one of the documents."""
        ids = {i for document in documents for i in self._named.get(document, ())}
        return tuple(self._items[i] for i in sorted(ids) if self._items[i].status in WAITING)

    def visible(self) -> list[TransactionId]:
        """The ids that group and search let through, in order."""
        shown = [item for item in self._items.values() if self.is_visible(item)]
        return [item.id for item in sorted(shown, key=place_of)]

    def is_visible(self, item: QueueItem) -> bool:
        group = group_of(item)
        in_group = item.status in WAITING if self.group is Group.ALL else group is self.group
        return in_group and (not self.needle or self.needle in self._haystack(item))

    def search(self, text: str) -> None:
        """Contains, in any of amount, names, KID, text and numbers; blanks and the kind of minus do not matter."""
        self.needle = _plain(text)

    def prepare_search(self) -> None:
        """Read every item for the search beforehand, where there is time for it."""
        for item in self._items.values():
            self._haystack(item)

    def _haystack(self, item: QueueItem) -> str:
        found = self._hay.get(item.id)
        if found is None:
            found = self._hay[item.id] = "|".join(_plain(word) for word in _searched(item))
        return found

    def _note_documents(self, item: QueueItem) -> None:
        for proposal in (item.proposal, *item.alternatives):
            for line in proposal.lines if proposal else ():
                self._named.setdefault(line.document_id, set()).add(item.id)


def _searched(item: QueueItem) -> list[str]:
    reported = item.transaction.reported
    amount = plain_amount(reported.amount, reported.currency)
    words = [reported.counterparty, reported.kid, reported.text, reported.counterparty_account, item.client.name]
    words += [amount, amount.replace(".", ",")]
    for line in item.proposal.lines if item.proposal else ():
        words += [line.number, line.counterparty]
    return words


def _plain(text: str) -> str:
    """Without blanks of any kind, so that 12 500,00 is found however it is written."""
    return "".join(text.casefold().replace("−", "-").split())
