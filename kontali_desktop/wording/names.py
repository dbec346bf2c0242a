"""Names that the program gives: banks, ledger accounts, file formats, who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontali_desktop.wording.texts import Texts

if TYPE_CHECKING:  # for the types alone: a bank's name is wanted where nothing is matched
    from kontali_desktop.domain.matches import DifferenceReason

_SHOWN_DIGITS = 4


def bank_name(texts: Texts, service: str) -> str:
    """The bank's name by its id; anything else is its own name."""
    key = f"bank.{service.casefold()}"
    return texts.text(key) if texts.has(key) else service


def ledger_account_name(texts: Texts, number: str) -> str:
    """Number and name by NS 4102; the number alone where the name is not known."""
    key = f"ledger.{number}"
    return f"{number} {texts.text(key)}" if texts.has(key) else number


def format_name(texts: Texts, file_format: str) -> str:
    key = f"format.{file_format}"
    return texts.text(key) if texts.has(key) else file_format or texts.text("format.unknown")


def actor_name(texts: Texts, actor: str) -> str:
    key = f"actor.{actor}"
    return texts.text(key) if texts.has(key) else actor


def reason_name(texts: Texts, reason: DifferenceReason | None) -> str:
    return texts.text(f"difference.{reason or 'unexplained'}")


def short_account(number: str) -> str:
    """The last four digits, as …7705."""
    return f"…{number[-_SHOWN_DIGITS:]}" if len(number) > _SHOWN_DIGITS else number


def joined(texts: Texts, words: list[str]) -> str:
    """Beløp, nummer og konto."""
    if len(words) < 2:  # noqa: PLR2004 - two are the least that are joined
        return "".join(words)
    return texts.text("list.and", first=", ".join(words[:-1]), last=words[-1])


def system_reason(texts: Texts, detail: str) -> str:
    """What the operating system refused, by its code (`os.disk_full`); words that were stored stand as they are."""
    return texts.text(f"system.{detail}") if texts.has(f"system.{detail}") else detail
