"""A made company while it is written: parties, documents, and bank lines with their truth."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kontali_desktop.domain.bank import BankTransaction, BookingStatus, ReportedTransaction
from kontali_desktop.domain.check_digits import mod10, mod11
from kontali_desktop.domain.documents import DocumentKind, OpenItem, Side
from kontali_desktop.domain.ids import AccountId, DocumentId, TransactionId
from kontali_desktop.matching.request import MatchRequest
from tests.benchmarks.matching import words
from tests.benchmarks.matching.mangling import Scribe
from tests.benchmarks.matching.regimes import Regime
from tests.benchmarks.matching.truth import Made, Truth

START = date(2026, 1, 2)
_WEEKEND = (6, 7)
CURRENCIES = {"EUR": 11.6, "USD": 10.4, "SEK": 1.03, "DKK": 1.55, "GBP": 13.6}


@dataclass(frozen=True, slots=True)
class Party:
    """A customer or supplier. `lateness` is its usual days after the due date."""

    number: int
    name: str
    orgnr: str
    account: str
    lateness: int
    currency: str
    kid_length: int


@dataclass(slots=True)
class Line:
    """A bank line not yet numbered; `pair` is the place of the other line of a transfer."""

    day: date
    amount: int
    truth: Truth
    name: str = ""
    party_account: str = ""
    kid: str = ""
    text: str = ""
    account: int = 1
    pair: int | None = None


@dataclass(slots=True)
class Company:
    """Everything of one made company; equal seeds make equal companies.

    Where `paid_by_another` is n, someone else pays for every nth customer, always the same and without a number.
    """

    regime: Regime
    seed: int
    size: int
    paid_by_another: int = 0
    rng: random.Random = field(init=False)
    scribe: Scribe = field(init=False)
    customers: list[Party] = field(default_factory=list)
    suppliers: list[Party] = field(default_factory=list)
    items: list[OpenItem] = field(default_factory=list)
    settled: list[OpenItem] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    written: int = 0
    days: int = field(init=False)
    first_number: int = field(init=False)
    number_style: str = field(init=False)
    kid_style: str = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(f"{self.regime.name}/{self.seed}/{self.size}")
        self.scribe = Scribe(self.rng)
        count = max(12, self.size // self.rng.choice((6, 9, 14)))
        share = self.regime.supplier_share
        self.customers = self._parties(count, foreign=self.regime.currency_share / 3)
        self.suppliers = self._parties(max(6, int(count * share)), foreign=self.regime.currency_share)
        self.days = max(120, min(700, self.size // 4))
        self.first_number = self.rng.choice((101, 1001, 10_230, 51_200, 260_001, 3_007))
        self.number_style = self.rng.choice(("{}", "{}", "{}", "F{}", "2026-{:05d}", "26{:05d}"))
        self.kid_style = self.rng.choice(("both10", "both11", "invoice10", "invoice11", "both10", "customer10"))

    def _parties(self, count: int, foreign: float) -> list[Party]:
        found: list[Party] = []
        names: set[str] = set()
        while len(found) < count:
            name = self._name(found)
            if name in names:
                continue
            names.add(name)
            is_foreign = self.rng.random() < foreign
            found.append(
                Party(
                    len(found) + 1,
                    name,
                    f"{self.rng.randrange(200_000_000, 400_000_000)}" if self.rng.random() < 0.7 else "",
                    f"{self.rng.randrange(1000, 9999)}{self.rng.randrange(10**6, 10**7)}",
                    self.rng.choice((-3, -1, 0, 0, 0, 1, 2, 5, 12, 25)),
                    self.rng.choice(tuple(CURRENCIES)) if is_foreign else "NOK",
                    self.rng.choice((7, 9, 12, 15, 17, 20, 25)),
                )
            )
        return found

    def _name(self, known: list[Party]) -> str:
        rng = self.rng
        kind = rng.random()
        if known and kind < 0.06:
            base = rng.choice(known).name
            words_of = base.rsplit(" ", 1)
            form = words_of[1] if words_of[-1] in words.FORMS else "AS"
            return f"{words_of[0]} {rng.choice(words.SISTERS)} {form}"
        if kind < 0.4:
            middle = f"{rng.choice(words.FIRST)} " if rng.random() < 0.15 else ""
            return f"{rng.choice(words.FIRST)} {middle}{rng.choice(words.LAST)}"
        if kind < 0.5:
            return f"{rng.choice(words.LAST)} & {rng.choice(words.LAST)} {rng.choice(words.FORMS)}".strip()
        where = rng.choice((*words.PLACE, *words.LAST))
        more = f" {rng.choice(words.TRADE).lower()}" if rng.random() < 0.12 else ""
        return f"{where} {rng.choice(words.TRADE)}{more} {rng.choice(words.FORMS)}".strip()

    def payer_of(self, party: Party) -> str:
        """Who pays for this customer, empty where it pays itself."""
        if not self.paid_by_another or party.number % self.paid_by_another:
            return ""
        chance = random.Random(f"payer/{self.regime.name}/{self.seed}/{party.number}")
        return f"{chance.choice(words.FIRST)} {chance.choice(words.LAST)}"

    # documents

    def amount(self) -> int:
        rng = self.rng
        if rng.random() < self.regime.price_share:
            prices = words.PRICES[: self.regime.prices]
            return prices[min(len(prices) - 1, int(rng.expovariate(0.45)))]
        rough = int(rng.lognormvariate(8.6, 1.2) * 100) + 15_000
        return rough if rng.random() < 0.45 else round(rough, -2) if rng.random() < 0.5 else round(rough, -4) + 10_000

    def rate(self, currency: str, day: date) -> float:
        """Kroner for one unit: a slow wave a currency, the same for everybody on a day."""
        wave = ((day - START).days * 37 % 101 - 50) / 2_500
        return CURRENCIES[currency] * (1 + wave)

    def customer_kid(self, party: Party, number: int) -> str:
        digits = {
            "both": f"{party.number:05d}{number:07d}",
            "invoice": f"{number:08d}",
            "customer": f"9{party.number:06d}",
        }
        body = digits[self.kid_style[:-2]]
        return body + (mod10(body) if self.kid_style.endswith("10") else mod11(body))

    @property
    def is_kid_shared(self) -> bool:
        """Whether a customer has one KID for all its invoices, so that a KID does not tell the invoice."""
        return self.kid_style.startswith("customer")

    def supplier_kid(self, party: Party) -> str:
        body = "".join(self.rng.choice("0123456789") for _ in range(party.kid_length - 1))
        return body + mod10(body)

    def supplier_number(self) -> str:
        n = self.rng.randrange(1_000, 100_000)
        style = self.rng.choice(("{}", "{}", "INV-{}", "{:08d}", "F{}", "2026/{}", "SF{}-1", "26-{}", "{}A"))
        return style.format(n)

    def add(self, **fields: object) -> OpenItem:
        made = OpenItem(id=DocumentId(len(self.items) + len(self.settled) + 1), **fields)  # type: ignore[arg-type]  # OpenItem's own fields
        self.items.append(made)
        return made

    def settle(self, item: OpenItem) -> None:
        """The books say that it is paid already."""
        self.items.remove(item)
        self.settled.append(replace(item, open_amount=0))

    # lines

    def pay(self, day: date, amount: int, truth: Truth, **clues: str) -> Line:
        line = Line(self.bank_day(day), amount, truth, **clues)  # type: ignore[arg-type]  # Line's own fields
        line.text = self.scribe.noisy(line.text, self.some_number())
        self.lines.append(line)
        return line

    def some_number(self) -> str:
        return self.rng.choice(self.items).number if self.items else "1"

    @staticmethod
    def bank_day(day: date) -> date:
        """Payments of a weekend are booked on the Monday."""
        return day + timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() in _WEEKEND else 0)

    def finish(self) -> Made:
        order = sorted(range(len(self.lines)), key=lambda n: (self.lines[n].day, n))
        ids = {place: TransactionId(number + 1) for number, place in enumerate(order)}
        transactions, truth = [], {}
        for place in order:
            line = self.lines[place]
            pair = ids[line.pair] if line.pair is not None else None
            truth[ids[place]] = replace(line.truth, pair=pair)
            transactions.append(_transaction(line, ids[place]))
        own = {AccountId(n): f"1503000000{n}" for n in (1, 2, 3)}
        request = MatchRequest(tuple(transactions), tuple(self.items), tuple(self.settled), own_accounts=own)
        return Made(self.regime.name, request, truth)


def _transaction(line: Line, tid: TransactionId) -> BankTransaction:
    reported = ReportedTransaction(
        BookingStatus.BOOKED,
        line.day,
        line.day,
        line.amount,
        counterparty=line.name,
        counterparty_account=line.party_account,
        kid=line.kid,
        text=line.text,
        entry_reference=str(tid),
    )
    return BankTransaction(tid, AccountId(line.account), 0, reported)


def invoice_of(
    company: Company, party: Party, side: Side, issued: date, *, kind: DocumentKind, amount: int
) -> OpenItem:
    """A document of either side; customers' numbers run, suppliers' do not."""
    is_ours = side is Side.CUSTOMER
    running = company.first_number + company.written
    company.written += is_ours
    return company.add(
        side=side,
        kind=kind,
        number=company.number_style.format(running) if is_ours else company.supplier_number(),
        counterparty=party.name,
        amount=amount,
        open_amount=amount,
        currency=party.currency,
        counterparty_orgnr=party.orgnr,
        counterparty_account="" if is_ours else party.account,
        kid=company.customer_kid(party, running) if is_ours else company.supplier_kid(party),
        issue_date=issued,
        due_date=issued + timedelta(days=company.rng.choice((10, 14, 14, 30))),
    )
