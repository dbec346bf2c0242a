"""Writes OCR giro files by the positions of the specification, apart from the program."""

from __future__ import annotations

from dataclasses import dataclass, replace

PAYEE = "15030000009"


@dataclass(frozen=True)
class OcrPayment:
    """`amount` in øre, without sign; `serial` names the sum on the bank statement."""

    amount: int = 10_000
    kid: str = "00012345678"
    kind: str = "10"
    day: str = "200126"
    serial: str = "01464"
    sign: str = "0"
    debtor: str = "15030000017"
    reference: str = "099038562"
    text: str = ""

    def lines(self, number: int) -> list[str]:
        head = f"NY09{self.kind}"
        first = f"{head}30{number:07}{self.day}13201{self.serial}{self.sign}{self.amount:017}{self.kid:>25}000000"
        second = f"{head}31{number:07}9636827194{self.reference:0>9}0000000160126{self.debtor:0>11}{'0' * 22}"
        third = [f"{head}32{number:07}{self.text:40}{'0' * 25}"] if self.text else []
        return [first, second, *third]


@dataclass(frozen=True)
class Ocr:
    """One transmission; each assignment is a payee's payments. `more` stands before the end of the transmission."""

    assignments: tuple[tuple[OcrPayment, ...], ...] = ((OcrPayment(),),)
    account: str = PAYEE
    more: tuple[str, ...] = ()
    more_payments: int = 0
    change: int = 0  # øre that the last control sum is wrong by

    def lines(self) -> list[str]:
        lines = [f"NY000010000080800170031000102000{'0' * 48}"[:80]]
        for number, payments in enumerate(self.assignments, 1):
            body = [line for place, one in enumerate(payments, 1) for line in one.lines(place)]
            total = sum(payment.amount for payment in payments)
            lines += [f"NY090020001008566{number:07}{self.account}{'0' * 45}", *body]
            lines.append(f"NY090088{len(payments):08}{len(body) + 2:08}{total:017}{'200126' * 3}{'0' * 21}")
        lines += self.more
        count = sum(len(payments) for payments in self.assignments) + self.more_payments
        total = sum(one.amount for payments in self.assignments for one in payments) + self.change
        return [*lines, f"NY000089{count:08}{len(lines) + 1:08}{total:017}200126{'0' * 33}"]

    def text(self) -> str:
        return "\r\n".join(self.lines()) + "\r\n"

    def data(self) -> bytes:
        return self.text().encode("iso-8859-1")


def payments(*amounts: int, first: OcrPayment | None = None) -> tuple[OcrPayment, ...]:
    return tuple(replace(first or OcrPayment(), amount=amount) for amount in amounts)
