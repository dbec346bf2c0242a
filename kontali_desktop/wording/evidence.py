"""Why a match is proposed, sign by sign."""

from __future__ import annotations

from collections.abc import Mapping

from kontali_desktop.domain.errors import AmountNotUnderstood
from kontali_desktop.domain.matches import Evidence
from kontali_desktop.domain.money import NOK, minor_of_plain
from kontali_desktop.wording.names import short_account
from kontali_desktop.wording.numbers import format_amount
from kontali_desktop.wording.texts import Texts

_AMOUNTS = ("amount", "of", "difference")  # facts that hold an amount written for machines
_SEVERAL = 1


def evidence_text(texts: Texts, evidence: Evidence) -> str:
    """One sign in a few words; a signal without words of its own is told in general ones."""
    facts = dict(evidence.facts)
    if evidence.signal in ("date", "before_issue", "days_apart"):
        return _days_text(texts, evidence.signal, _whole(facts.get("days", "0")))
    key = texts.first(f"evidence.{evidence.signal}{_variant(evidence.signal, facts)}", "evidence.unknown")
    return texts.told(key, {"count": facts.get("payments", ""), **shown_facts(texts, facts)})


def shown_facts(texts: Texts, facts: Mapping[str, str]) -> dict[str, object]:
    """The facts as people read them: amounts and rates by the language, accounts by their last digits."""
    shown: dict[str, object] = dict(facts)
    currency = facts.get("currency", NOK)
    for name in _AMOUNTS:
        if name in facts:
            shown[name] = plain_amount_shown(texts, facts[name], currency)
    if "account" in facts:
        shown["account"] = short_account(facts["account"])
    if "rate" in facts:
        shown["rate"] = facts["rate"].replace(".", texts.style.decimal)
    return shown


def plain_amount_shown(texts: Texts, plain: str, currency: str) -> str:
    """An amount as stored facts hold it ("-61.25"), for people; what is no amount is shown as it stands."""
    try:
        return format_amount(minor_of_plain(plain, currency), currency, texts.style)
    except AmountNotUnderstood:
        return plain


def _variant(signal: str, facts: Mapping[str, str]) -> str:
    if signal == "number" and facts.get("context") == "other":
        return ".other"
    if signal == "amount" and _whole(facts.get("alike", "1")) > _SEVERAL:
        return ".alike"
    if signal == "counterparty" and facts.get("ours", "").casefold() != facts.get("theirs", "").casefold():
        return ".near"
    if signal == "settlement_fee" and "rate" in facts:
        return ".rate"
    if signal == "part_payment" and "of" not in facts:
        return ".set"
    return ""


def _days_text(texts: Texts, signal: str, days: int) -> str:
    if signal != "date":
        return texts.text("evidence.same_day") if days == 0 else texts.plural(f"evidence.{signal}", days)
    if days == 0:
        return texts.text("evidence.date.due")
    return texts.plural("evidence.date.late" if days > 0 else "evidence.date.early", abs(days))


def _whole(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else 0
