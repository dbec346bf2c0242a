"""The event log's codes as sentences: what happened, in one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kontali_desktop.domain.money import NOK, decimals_of, plain_amount
from kontali_desktop.wording.dates import DateWords
from kontali_desktop.wording.errors import stored_error_text
from kontali_desktop.wording.evidence import plain_amount_shown
from kontali_desktop.wording.files import import_undone, said_again
from kontali_desktop.wording.names import bank_name, format_name, short_account
from kontali_desktop.wording.numbers import format_percent
from kontali_desktop.wording.texts import Texts

if TYPE_CHECKING:  # for the types alone: most runs load neither the engine nor the fetching
    from kontali_desktop.services.storage import Event

_CANCELLED = "sync_cancelled"
_WHOLE_SHARE = 10_000


def event_text(texts: Texts, dates: DateWords, event: Event) -> str:
    """What happened, in a sentence; a code without words is told in general ones."""
    facts = _shown(texts, dates, event.facts)
    code = "sync.cancelled" if event.facts.get("error") == _CANCELLED else event.code
    variants = [f"event.{code}.{variant}" for variant in _variants(event.facts, event.actor)]
    return texts.told(texts.first(*variants, f"event.{code}", "event.unknown"), {"code": event.code, **facts})


def _variants(facts: Mapping[str, str], actor: str) -> list[str]:
    """What may choose another sentence, the most telling first."""
    kind = facts.get("kind", "")
    flags = [f"{name}_{facts[name]}" for name in ("revoked", "mode", "automatic") if name in facts]
    flags += ["doubted"] if facts.get("doubts", "0") != "0" else []
    return [f"{kind}.{actor}", kind, *flags, *(["cleared"] if facts.get("booked_to") == "" else []), actor]


def _shown(texts: Texts, dates: DateWords, facts: Mapping[str, str]) -> dict[str, object]:
    shown: dict[str, object] = {name: _AS_SHOWN[name](texts, fact) for name, fact in facts.items() if name in _AS_SHOWN}
    currency = facts.get("currency", NOK)
    if "amount" in facts:
        shown["amount"] = plain_amount_shown(texts, facts["amount"], currency)
    if "key" in facts and "about" not in facts:
        shown["about"] = facts["key"]
    if "threshold" in facts:
        cap = facts.get("cap", "")
        said = plain_amount_shown(texts, cap, NOK) if cap else ""
        shown["upto"] = texts.text("event.client.settings_changed.upto", cap=said) if cap else ""
    if "difference" in facts:
        shown["difference"] = _difference_shown(texts, facts["difference"], currency)
    if facts.get("booked_to"):
        shown["booked_to"] = dates.stored_day(facts["booked_to"])
    for name in ("closed_until", "closed_before"):
        if name in facts:
            shown[name] = dates.stored_day(facts[name]) if facts[name] else texts.text("event.client.not_closed")
    if "matches" in facts and "documents" in facts:
        shown |= _undone(texts, facts)
    if "error" in facts:
        shown["error"] = stored_error_text(texts, dates, facts["error"], {"service": facts.get("bank", "")}).message
    return {**facts, **shown, **said_again(texts, dates, facts)}


def _undone(texts: Texts, facts: Mapping[str, str]) -> dict[str, object]:
    counts = {name: int(fact) for name, fact in facts.items() if fact.isdecimal()}
    more = counts.get("files", 1) - 1
    file = facts.get("file", "")
    named = texts.plural("import.history.more", more, file=file) if more > 0 else file
    return {"file": named, "undone": import_undone(texts, counts)}


def _difference_shown(texts: Texts, fact: str, currency: str) -> str:
    """An import stores it in minor units, without a mark."""
    is_minor = fact.isdigit() and decimals_of(currency) > 0
    return plain_amount_shown(texts, plain_amount(int(fact), currency) if is_minor else fact, currency)


def _share_shown(texts: Texts, share: str) -> str:
    """A share of one, as stored with a dot ("0.9700"), in whole percent."""
    hundredths = _hundredths(share)
    return share if hundredths is None else format_percent(hundredths, texts.style)


def _threshold_shown(texts: Texts, share: str) -> str:
    """With its tenth of a percent, where it has one."""
    hundredths = _hundredths(share)
    return share if hundredths is None else format_percent(hundredths, texts.style, 1 if hundredths % 100 else 0)


def _hundredths(share: str) -> int | None:
    whole, _, part = share.partition(".")
    if not (whole + part).isdigit():
        return None
    return int(whole) * _WHOLE_SHARE + int(part[:4].ljust(4, "0"))


def _account_shown(_texts: Texts, number: str) -> str:
    return short_account(number)


def _frequency_shown(texts: Texts, hours: str) -> str:
    key = f"frequency.{hours}"
    return texts.text(key).lower() if texts.has(key) else hours


def _state_shown(texts: Texts, state: str) -> str:
    key = f"connection.state.{state}"
    return texts.text(key).lower() if texts.has(key) else state


def _setting_shown(texts: Texts, name: str) -> str:
    key = f"settings.{name}"
    return texts.text(key).lower() if texts.has(key) else name


def _role_shown(texts: Texts, role: str) -> str:
    key = f"posting_role.{role}"
    return texts.text(key).lower() if texts.has(key) else role


_AS_SHOWN: Mapping[str, Callable[[Texts, str], str]] = MappingProxyType(
    {
        "threshold": _threshold_shown,
        "confidence": _share_shown,
        "bank": bank_name,
        "format": format_name,
        "account": _account_shown,
        "hours": _frequency_shown,
        "state": _state_shown,
        "name": _setting_shown,
        "role": _role_shown,
    }
)
