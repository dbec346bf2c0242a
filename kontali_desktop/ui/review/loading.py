"""Reading what the review shows, in one go and off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass

from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import ClientId, DocumentId, TransactionId
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.listings import Listings
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.services.queue import ReviewQueue
from kontali_desktop.services.review import Review
from kontali_desktop.ui.review.listing import SHOWN, Listing


@dataclass(frozen=True, slots=True)
class ReviewServices:
    """What the review needs of the program."""

    queue: ReviewQueue
    review: Review
    propose: ProposeMatches
    listings: Listings
    clients: Clients


@dataclass(frozen=True, slots=True)
class Loaded:
    """The queue as it stood when it was read. `is_untouched`: there is no transaction at all yet."""

    listing: Listing
    visible: list[TransactionId]
    documents: dict[DocumentId, OpenItem]
    settings: dict[ClientId, ClientSettings]
    is_untouched: bool


def load(services: ReviewServices, client_id: ClientId | None, like: Listing) -> Loaded:
    """Group and search are those of `like`."""
    queue = services.queue.load(client_id, SHOWN)
    listing = Listing(queue.items)
    listing.group, listing.needle = like.group, like.needle
    listing.prepare_search()
    return Loaded(
        listing=listing,
        visible=listing.visible(),
        documents=dict(services.listings.load_open_items(client_id)),
        settings={c.id: services.clients.load_settings(c.id) for c in services.clients.load_all()},
        is_untouched=not queue.items and not queue.counts.before_start and not queue.counts.pending,
    )
