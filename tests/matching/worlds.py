"""Small companies for the engine's tests: few names and amounts, so that everything collides with everything."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from kontali_desktop.domain.bank import BankTransaction, BookingStatus, ReportedTransaction
from kontali_desktop.domain.documents import DocumentKind, OpenItem, Side
from kontali_desktop.domain.ids import AccountId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.matching.engine import propose
from kontali_desktop.matching.request import MatchRequest

START = date(2026, 3, 2)
NAMES = ("Nordlys Bygg AS", "Nordlys Bygg Holding AS", "Blå Handel ANS", "Kari Østby", "Ålesund Frakt ENK")
AMOUNTS = (49_900, 99_900, 100_000, 125_037, 149_800, 1_875_000, 35)
OWN = {AccountId(1): "15030000000", AccountId(2): "15030000001"}


def item(number: str = "10234", amount: int = 125_037, **given: object) -> OpenItem:
    """An open customer invoice, due fourteen days after START, unless told otherwise."""
    fields: dict[str, object] = {
        "id": DocumentId(int("".join(c for c in number if c.isdigit()) or "1")),
        "side": Side.CUSTOMER,
        "kind": DocumentKind.INVOICE,
        "number": number,
        "counterparty": "Nordlys Bygg AS",
        "amount": amount,
        "open_amount": amount,
        "issue_date": START,
        "due_date": START + timedelta(days=14),
    }
    return OpenItem(**(fields | given))  # type: ignore[arg-type]  # the fields are OpenItem's own, checked at run time


def payment(
    amount: int = 125_037,
    *,
    tid: int = 1,
    days: int = 14,
    account: int = 1,
    counterparty: str = "",
    counterparty_account: str = "",
    kid: str = "",
    text: str = "",
) -> BankTransaction:
    """A booked transaction, `days` after START."""
    booked = START + timedelta(days=days)
    reported = ReportedTransaction(
        BookingStatus.BOOKED,
        booked,
        booked,
        amount,
        counterparty=counterparty,
        counterparty_account=counterparty_account,
        kid=kid,
        text=text,
    )
    return BankTransaction(TransactionId(tid), AccountId(account), 0, reported)


def proposals(transaction: BankTransaction, *items: OpenItem, **given: object) -> tuple[Proposal, ...]:
    """All proposals for one transaction among these open items."""
    request = MatchRequest((transaction,), items, **given)  # type: ignore[arg-type]  # MatchRequest's own fields
    return propose(request)[0].proposals


def numbers(proposal: Proposal) -> list[str]:
    return sorted(line.number for line in proposal.lines)


@st.composite
def open_items(draw: st.DrawFn) -> tuple[OpenItem, ...]:
    """Up to a dozen documents of both sides and kinds, some with a KID, some in another currency, some part paid."""
    found = []
    for n in range(draw(st.integers(0, 12))):
        amount = draw(st.sampled_from(AMOUNTS))
        issued = START + timedelta(days=draw(st.integers(-60, 40)))
        found.append(
            item(
                str(10_230 + n),
                amount,
                id=DocumentId(n + 1),
                side=draw(st.sampled_from(Side)),
                kind=draw(st.sampled_from((DocumentKind.INVOICE, DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE))),
                counterparty=draw(st.sampled_from(NAMES)),
                open_amount=draw(st.sampled_from((amount, amount, (amount + 1) // 2))),
                currency=draw(st.sampled_from(("NOK", "NOK", "NOK", "EUR"))),
                kid=draw(st.sampled_from(("", "", f"100010{10_230 + n}9", "10001099"))),
                issue_date=draw(st.sampled_from((issued, None))),
                due_date=issued + timedelta(days=14),
            )
        )
    return tuple(found)


TEXTS = st.one_of(
    st.sampled_from(
        ("", "Nettgiro", "Delbetaling 1/2", "OPPDRAG SUM", "VIPPS UTBETALING 55", "Til egen konto", "Lønn mars")
    ),
    st.lists(st.integers(10_228, 10_244), min_size=1, max_size=4).map(lambda n: "Faktura " + ", ".join(map(str, n))),
    st.integers(10_230, 10_242).map(lambda n: f"KID 100010 {n} 9"),
    st.text("0123456789 /.-AEKfkNr", max_size=20),
)


@st.composite
def payments(draw: st.DrawFn) -> tuple[BankTransaction, ...]:
    """Up to a dozen transactions whose amounts are documents' amounts, sums of two, or nearly so."""
    found = []
    for n in range(draw(st.integers(0, 12))):
        amount = draw(st.sampled_from(AMOUNTS)) + draw(
            st.sampled_from((0, 0, 0, 49_900, 3_500, -2_500, -35, 100, -100))
        )
        found.append(
            payment(
                draw(st.sampled_from((1, 1, -1))) * max(1, amount),
                tid=n + 1,
                days=draw(st.integers(-5, 60)),
                account=draw(st.sampled_from((1, 1, 2))),
                counterparty=draw(
                    st.sampled_from(("", *NAMES, "NORDLYS BYGG", "BL? HANDEL", "ØSTBY KARI", "Per Ukjent"))
                ),
                counterparty_account=draw(st.sampled_from(("", "", "15030000001", "97100000000"))),
                kid=draw(st.sampled_from(("", "", "100010102329", "10001099", "123"))),
                text=draw(TEXTS),
            )
        )
    return tuple(found)
