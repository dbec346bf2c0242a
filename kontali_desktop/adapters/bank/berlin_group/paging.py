"""Following a listing from page to page, to its end and never in a circle."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.domain.bank import TransactionPage

_MOST_PAGES = 10_000


def find_next_link(listing: Place, answer: Place, current_url: str, base_url: str) -> str | None:
    """The next page's whole address: `_links.next.href` by the standard, `links.next` at DNB, relative at both.

    Only an address under the bank's own host is followed, for the token goes along.
    """
    for place in (listing, answer):
        for name in ("_links", "links"):
            links = place.find(name)
            if links is None:
                continue
            link = links.text("next") or (target.text("href") if (target := links.find("next")) else "")
            if link:
                url = _resolve(link, current_url, base_url)
                if _origin(url) != _origin(base_url):
                    raise links.misunderstood("next")
                return url
    return None


def _resolve(link: str, current_url: str, base_url: str) -> str:
    """`/accounts/…` may leave out the base's own path, and `accounts/…` is meant from the base, not from the page."""
    base_path = urlsplit(base_url).path
    path = urlsplit(link)
    if path.scheme or path.netloc:
        return urljoin(current_url, link)
    if link.startswith("/"):
        under_base = path.path.startswith(f"{base_path}/")
        return f"{base_url}{link}" if path.path.startswith("/accounts/") and not under_base else urljoin(base_url, link)
    return f"{base_url}/{link}" if link.startswith("accounts/") else urljoin(current_url, link)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


class VisitedPages:
    """Remembers addresses and contents, and refuses a page that comes twice."""

    def __init__(self) -> None:
        self._addresses: set[str] = set()
        self._pages: dict[str, list[TransactionPage]] = {}  # by their first row

    def visit(self, url: str, listing: Place) -> None:
        if url in self._addresses or len(self._addresses) >= _MOST_PAGES:
            raise listing.misunderstood("next")
        self._addresses.add(url)

    def read(self, page: TransactionPage, listing: Place) -> None:
        """Without the bank's ids two equal rows may be two payments, so only a page with ids can be known again."""
        rows = page.transactions
        if not any(row.bank_transaction_id or row.entry_reference for row in rows):
            return
        alike = self._pages.setdefault(rows[0].raw, [])
        if any(rows == other.transactions for other in alike):
            raise listing.misunderstood("page")
        alike.append(page)
