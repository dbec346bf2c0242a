"""What every way of paying needs: the month's own chance, the company, and how the bank writes an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from kontali_desktop.demo_bank.world import dates
from kontali_desktop.demo_bank.world.company import Company, OwnAccount
from kontali_desktop.demo_bank.world.documents import Document, Kind
from kontali_desktop.demo_bank.world.entries import Entry, Exchange, Settlement
from kontali_desktop.demo_bank.world.parties import Parties

_LETTERS = str.maketrans({"æ": "a", "ø": "o", "å": "a", "Æ": "A", "Ø": "O", "Å": "A"})
_BROKEN = str.maketrans({"æ": "?", "ø": "?", "å": "?", "Æ": "?", "Ø": "?", "Å": "?"})


@dataclass(slots=True)
class Desk:
    """One month at the bank. `way` is the way of paying at work; keys count up within it."""

    rng: Random
    company: Company
    parties: Parties
    month: date
    way: str = ""
    _counts: dict[str, int] = field(default_factory=dict)

    def key(self) -> str:
        count = self._counts.get(self.way, 0)
        self._counts[self.way] = count + 1
        return f"{self.month:%Y-%m}/{self.way}/{count}"

    def day(self, number: int) -> date:
        """That day of the month, or its last one, moved to the next bank day."""
        last = dates.last_of_month(self.month)
        return dates.on_or_after(min(self.month.replace(day=min(number, last.day)), last))

    def pay_day(self, document: Document, earliest: int = -7, latest: int = 8) -> date:
        """A bank day around the due day, after the day of issue."""
        wanted = document.due_date + timedelta(days=self.rng.randrange(earliest, latest))
        return dates.on_or_after(max(wanted, document.issue_date + dates.ONE_DAY))

    def written(self, name: str) -> str:
        """A name as another bank's system passes it on: upper case, cut, or without its Norwegian letters."""
        forms = (
            name,
            name,
            name.upper(),
            name.translate(_LETTERS).upper()[:22].strip(),
            name.upper().translate(_BROKEN),
            name.removesuffix(" AS"),
            name[:35],
            " ".join(name.split()[-1:] + name.split()[:-1]) if not name.endswith(("AS", "DA", "SA")) else name,
        )
        return self.rng.choice(forms)

    def entry(  # an entry has as many sides as the bank gives it
        self,
        amount: int,
        on: date,
        kind: str,
        information: str,
        *,
        account: OwnAccount | None = None,
        counterparty: str = "",
        counterparty_account: str = "",
        kid: str = "",
        text: str = "",
        reserved_on: date | None = None,
        is_batch: bool = False,
        exchange: Exchange | None = None,
        settles: Sequence[Settlement] = (),
        reason: str = "",
    ) -> Entry:
        value_date = dates.bank_days_after(on, 1) if amount > 0 and self.rng.randrange(8) == 0 else on
        return Entry(
            key=self.key(),
            account=(account or self.company.daily).number,
            booking_date=on,
            value_date=value_date,
            amount=amount,
            kind=kind,
            information=information,
            counterparty=counterparty,
            counterparty_account=counterparty_account,
            kid=kid,
            text=text[:140],
            reserved_on=reserved_on,
            is_batch=is_batch,
            exchange=exchange,
            settles=tuple(settles),
            difference_reason=reason,
            scenario=self.way,
        )


def settled(document: Document, amount: int | None = None) -> Settlement:
    """What is put on a document: all of it, or `amount`; a credit note counts negative."""
    put = document.amount if amount is None else amount
    sign = -1 if document.kind is Kind.CREDIT_NOTE else 1
    return Settlement(document.side, document.number, document.party.name, sign * put, document.currency)


def total(documents: Sequence[Document]) -> int:
    """Invoices less credit notes."""
    return sum(-d.amount if d.kind is Kind.CREDIT_NOTE else d.amount for d in documents)


def written_account(number: str) -> str:
    return f"{number[:4]}.{number[4:6]}.{number[6:]}"


def written_amount(amount: int) -> str:
    return f"{amount // 100},{amount % 100:02d}"
