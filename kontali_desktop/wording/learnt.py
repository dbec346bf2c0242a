"""What is learnt of a client, a fact in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kontali_desktop.wording.evidence import plain_amount_shown
from kontali_desktop.wording.names import ledger_account_name, short_account
from kontali_desktop.wording.numbers import format_integer
from kontali_desktop.wording.texts import Texts

if TYPE_CHECKING:  # for the type alone: most runs do not load the learning
    from kontali_desktop.services.learning import LearntFact


def learnt_fact(texts: Texts, fact: LearntFact) -> str:
    """With how many decisions it rests on."""
    return f"{learnt_sentence(texts, fact)} ({texts.plural('learnt.decisions', len(fact.decisions))})"


def learnt_sentence(texts: Texts, fact: LearntFact) -> str:
    facts: dict[str, str] = {**fact.facts, "key": fact.facts.get("key", fact.key)}
    tell = _TOLD.get(fact.kind)
    return texts.told(f"learnt.{fact.kind}", facts) if tell is None else tell(texts, facts)


def _account(texts: Texts, facts: Mapping[str, str]) -> str:
    return texts.told("learnt.account", {**facts, "key": short_account(facts["key"])})


def _habit(texts: Texts, facts: Mapping[str, str]) -> str:
    return "; ".join(part for part in (_when(texts, facts), ", ".join(_how(texts, facts))) if part)


def _kid_layout(texts: Texts, facts: Mapping[str, str]) -> str:
    return ", ".join(_kid(texts, facts))


def _direct_posting(texts: Texts, facts: Mapping[str, str]) -> str:
    told = texts.told("learnt.posting", {**facts, **_posting(texts, facts)})
    is_without = facts.get("exceptions", "0") == "0"
    return told if is_without else f"{told}; {texts.told('learnt.posting.exceptions', facts)}"


def _autonomy(texts: Texts, facts: Mapping[str, str]) -> str:
    evidence = texts.text(f"evidence_kind.{facts.get('evidence', '')}")
    key = "learnt.autonomy" if facts.get("counterparty") else "learnt.autonomy.all"
    return texts.told(key, {**facts, "evidence": evidence})


def _rejected(texts: Texts, facts: Mapping[str, str]) -> str:
    amount = plain_amount_shown(texts, facts.get("amount", ""), facts.get("currency", ""))
    told = {**facts, "amount": amount, **_posting(texts, facts)}
    return texts.told(f"learnt.rejected.{facts.get('proposed', '')}", told)


def _posting(texts: Texts, facts: Mapping[str, str]) -> dict[str, object]:
    vat = facts.get("vat_code", "")
    return {
        "account": ledger_account_name(texts, facts.get("posting", "")),
        "vat": texts.text("proposal.vat", code=vat) if vat else texts.text("learnt.no_vat"),
    }


def _when(texts: Texts, facts: Mapping[str, str]) -> str:
    """A counterparty pays on the day, before or after it; where no due dates are known, that it has paid."""
    counterparty, days = facts.get("counterparty", ""), facts.get("days", "")
    if not days:
        return texts.plural("learnt.habit.no_due", int(facts.get("payments", "0")), counterparty=counterparty)
    late = int(days)
    if not late:
        return texts.text("learnt.habit.on_time", counterparty=counterparty)
    key = "learnt.habit.late" if late > 0 else "learnt.habit.early"
    return texts.plural(key, abs(late), counterparty=counterparty)


def _how(texts: Texts, facts: Mapping[str, str]) -> Iterator[str]:
    """What sets some of its payments apart."""
    of = int(facts.get("payments", "0"))
    for name in ("rounded", "in_sums", "with_fee"):
        count = int(facts.get(name, "0"))
        if count:
            yield texts.plural(f"learnt.habit.{name}", of, such=format_integer(count, texts.style))


def _kid(texts: Texts, facts: Mapping[str, str]) -> Iterator[str]:
    yield texts.told("learnt.kid_layout", facts)
    yield texts.told("learnt.kid.modulus" if facts.get("modulus") else "learnt.kid.no_modulus", facts)
    for name in ("customer", "invoice"):
        if facts.get(name):
            yield texts.told(f"learnt.kid.{name}", facts)


_TOLD: Mapping[str, Callable[[Texts, Mapping[str, str]], str]] = MappingProxyType(
    {
        "account": _account,
        "habit": _habit,
        "kid_layout": _kid_layout,
        "posting": _direct_posting,
        "autonomy": _autonomy,
        "rejected": _rejected,
    }
)
