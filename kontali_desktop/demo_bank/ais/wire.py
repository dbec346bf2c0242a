"""Accounts, balances and transactions as JSON, in both dialects."""

from __future__ import annotations

import hashlib
from datetime import datetime

from kontali_desktop.demo_bank.bank import Bank, Dialect
from kontali_desktop.demo_bank.world import dates
from kontali_desktop.demo_bank.world.books import Booked, Books
from kontali_desktop.demo_bank.world.company import OwnAccount
from kontali_desktop.demo_bank.world.entries import Entry
from kontali_desktop.domain import check_digits

Json = dict[str, object]
_ACCOUNT_DIGITS = 11
_CODES = {
    "Varekjøp": "PMNT-CCRD-POSD",
    "Visa Varekjøp": "PMNT-CCRD-POSD",
    "Overføring Utland": "PMNT-RCDT-XBCT",
    "Lønn": "PMNT-ICDT-SALA",
    "Lån": "LDAS-FTLN-RPMT",
    "Gebyr": "ACMT-MDOP-CHRG",
    "Renter": "ACMT-MCOP-INTR",
    "Kontoregulering": "PMNT-ICDT-BOOK",
}


def resource_id(bank: Bank, number: str) -> str:
    """What stands for the account in a path: an id of its own, at DNB the account number."""
    if bank.manners.dialect is Dialect.DNB:
        return number
    digest = hashlib.sha256(f"{bank.world.seed}/{number}".encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


def reference(bank: Bank, number: str) -> Json:
    """An account as the standard names it elsewhere than in its own list."""
    if len(number) != _ACCOUNT_DIGITS or not number.isdigit():
        return {"iban": number}
    is_dnb = bank.manners.dialect is Dialect.DNB
    return {"bban": number} if is_dnb else {"iban": check_digits.iban_of(number)}


def account(bank: Bank, own: OwnAccount, path: str) -> Json:
    at = f"{path}/{resource_id(bank, own.number)}"
    links = {"balances": {"href": f"{at}/balances"}, "transactions": {"href": f"{at}/transactions"}}
    shared: Json = {
        "bban": own.number,
        "currency": "NOK",
        "ownerName": bank.world.company.name,
        "name": own.name,
        "product": own.product,
        "cashAccountType": own.cash_type,
    }
    if bank.manners.dialect is Dialect.DNB:
        return shared | {"links": links}
    return shared | {
        "resourceId": resource_id(bank, own.number),
        "iban": check_digits.iban_of(own.number),
        "bic": "DEMONOKK",
        "status": "enabled",
        "usage": "ORGA",
        "_links": links,
    }


def balances(bank: Bank, books: Books, number: str) -> list[Json]:
    """Closing of the last finished bank day, booked now, available now (less what is reserved), and expected."""
    booked = books.balance_on(number, books.today)
    reserved = sum(entry.amount for entry in books.pending[number])
    yesterday = books.today - dates.ONE_DAY
    closing = books.balance_on(number, yesterday)
    changed = bank.clock.now()
    if bank.manners.dialect is Dialect.DNB:
        opening = {"openingBooked": closing, "authorised": booked + reserved, "expected": booked + reserved}
        return [_balance(kind, amount, books.today.isoformat(), changed) for kind, amount in opening.items()]
    return [
        _balance("interimAvailable", booked + min(reserved, 0), books.today.isoformat(), changed),
        _balance("interimBooked", booked, books.today.isoformat(), changed),
        _balance("closingBooked", closing, yesterday.isoformat(), changed),
        _balance("expected", booked + reserved, books.today.isoformat(), changed),
    ]


def _balance(kind: str, amount: int, day: str, changed: datetime) -> Json:
    return {
        "balanceAmount": _amount(amount),
        "balanceType": kind,
        "referenceDate": day,
        "lastChangeDateTime": changed.isoformat(timespec="seconds"),
    }


def booked_row(bank: Bank, row: Booked) -> Json:
    entry = row.entry
    is_dnb = bank.manners.dialect is Dialect.DNB
    made: Json = {
        "transactionId": _booked_id(bank, entry),
        "bookingDate": entry.booking_date.isoformat(),
        "valueDate": entry.value_date.isoformat(),
        "transactionAmount": _amount(entry.amount),
        **_details(bank, entry),
    }
    if is_dnb:
        return made | {"dnbTransactionType": entry.kind}
    made |= {
        "entryReference": entry.reference(bank.manners.id_salt),
        "bankTransactionCode": _CODES.get(entry.kind, "PMNT-RCDT-DMCT" if entry.amount > 0 else "PMNT-ICDT-DMCT"),
        "proprietaryBankTransactionCode": entry.kind,
        "balanceAfterTransaction": {
            "balanceAmount": _amount(row.balance),
            "balanceType": "interimBooked",
            "referenceDate": entry.booking_date.isoformat(),
        },
    }
    return made


def pending_row(bank: Bank, entry: Entry) -> Json:
    """A reservation has an id of another series, and every second one no date; DNB writes whole kroner short."""
    salted = entry.reference(f"{bank.manners.id_salt}/pending")
    made: Json = {"transactionId": f"R{salted}", "transactionAmount": _amount(entry.amount), **_details(bank, entry)}
    if bank.manners.dialect is Dialect.DNB:
        made["transactionAmount"] = {"amount": _short(entry.amount), "currency": "NOK"}
        made["dnbTransactionType"] = "Reservert"
    elif int(salted) % 2:
        made["valueDate"] = entry.value_date.isoformat()
    return made


def _details(bank: Bank, entry: Entry) -> Json:
    made: Json = {"additionalInformation": entry.information}
    side = "creditor" if entry.amount < 0 else "debtor"
    if entry.counterparty:
        made[f"{side}Name"] = entry.counterparty
    if entry.counterparty_account:
        made[f"{side}Account"] = reference(bank, entry.counterparty_account)
    if entry.kid:
        made["remittanceInformationStructured"] = _structured(bank, entry.kid)
    if entry.text:
        made["remittanceInformationUnstructured"] = entry.text
    if entry.is_batch:
        made["batchIndicator"] = True
    if entry.exchange:
        rate = f"{entry.exchange.rate // 10_000}.{entry.exchange.rate % 10_000:04d}"
        made["currencyExchange"] = [
            {
                "sourceCurrency": entry.exchange.currency,
                "exchangeRate": rate,
                "unitCurrency": entry.exchange.currency,
                "targetCurrency": "NOK",
                "quotationDate": entry.booking_date.isoformat(),
            }
        ]
    return made


def _structured(bank: Bank, kid: str) -> object:
    """An object in the published API since 1.3.11; a bare string at DNB, as it was before."""
    return kid if bank.manners.dialect is Dialect.DNB else {"reference": kid, "referenceType": "SCOR"}


def _booked_id(bank: Bank, entry: Entry) -> str:
    reference = entry.reference(bank.manners.id_salt)
    if bank.manners.dialect is Dialect.DNB:
        return f"{entry.booking_date:%m%d}_00{entry.account}_{reference[-7:]}"
    return reference


def _amount(amount: int) -> Json:
    sign = "-" if amount < 0 else ""
    return {"amount": f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}", "currency": "NOK"}


def _short(amount: int) -> str:
    sign, whole, rest = "-" if amount < 0 else "", abs(amount) // 100, abs(amount) % 100
    return f"{sign}{whole}" + (f".{rest:02d}".rstrip("0") if rest else "")
