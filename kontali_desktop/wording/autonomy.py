"""Why a proposal waits for a person; what is learnt; what the test on the client's own books says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kontali_desktop.domain.autonomy import Veto
from kontali_desktop.wording.names import ledger_account_name, short_account
from kontali_desktop.wording.numbers import format_amount, format_integer, format_percent
from kontali_desktop.wording.texts import UNKNOWN_FACT, Texts

if TYPE_CHECKING:  # for the types alone: most runs load neither the engine nor the learning
    from kontali_desktop.domain.clients import ClientSettings
    from kontali_desktop.domain.matches import Proposal
    from kontali_desktop.services.autonomy import Verdict
    from kontali_desktop.services.learning import LearntFact
    from kontali_desktop.services.own_data_test import CalibrationBin, OwnDataReport
    from kontali_desktop.services.rules import RuleTest
    from kontali_desktop.services.shadow import ShadowReport
    from kontali_desktop.services.shares import Share

_WHOLE = 10_000  # hundredths of a percent


def why_not(texts: Texts, verdict: Verdict, proposal: Proposal, settings: ClientSettings) -> str:
    """The most telling reason in a sentence; empty where it is accepted by itself."""
    veto = verdict.why_not
    if veto is None:
        return ""
    facts: dict[str, object] = {"counterparty": verdict.counterparty or UNKNOWN_FACT}
    if veto is Veto.BELOW_THRESHOLD:
        facts |= {"confidence": _percent(texts, proposal.confidence), "threshold": _percent(texts, settings.threshold)}
    if veto is Veto.ABOVE_CAP and settings.cap is not None:
        facts["cap"] = format_amount(settings.cap, "NOK", texts.style)
    if veto is Veto.AMBIGUOUS:
        return texts.plural("veto.ambiguous", proposal.combinations)
    if veto in (Veto.TAKEN_BACK, Veto.NOT_CONFIRMED):
        facts["kind"] = texts.text(f"evidence_kind.{verdict.kind}")
        veto_key = f"veto.{veto}" if verdict.counterparty else f"veto.{veto}.all"
        return texts.told(veto_key, facts)
    return texts.told(f"veto.{veto}", facts)


def learnt_fact(texts: Texts, fact: LearntFact) -> str:
    """One fact in a sentence, with how many decisions it rests on."""
    facts: dict[str, object] = dict(fact.facts)
    if fact.kind == "account":
        facts["key"] = short_account(fact.key)
    if fact.kind == "habit":
        facts["days"] = fact.facts.get("days", "").removeprefix("-")
    if fact.kind == "posting":
        vat = fact.facts.get("vat_code", "")
        facts["account"] = ledger_account_name(texts, fact.facts.get("posting", ""))
        facts["vat"] = texts.text("proposal.vat", code=vat) if vat else texts.text("learnt.no_vat")
    sentence = texts.told(f"learnt.{fact.kind}{_variant(fact)}", facts)
    return f"{sentence} ({texts.plural('learnt.decisions', len(fact.decisions))})"


def _variant(fact: LearntFact) -> str:
    if fact.kind == "habit":
        return ".no_due" if not fact.facts.get("days") else ".early" if fact.facts["days"].startswith("-") else ""
    if fact.kind == "kid_layout":
        return "" if fact.facts.get("modulus") else ".no_modulus"
    return ""


def rule_test(texts: Texts, tested: RuleTest) -> str:
    """Hits, agreements and conflicts, in a line."""
    return texts.text(
        "rule.tested",
        hits=format_integer(tested.hits, texts.style),
        agreements=format_integer(tested.agreements, texts.style),
        conflicts=format_integer(len(tested.conflicts), texts.style),
    )


def shadow_report(texts: Texts, report: ShadowReport) -> str:
    """Would have accepted n: so many you did too, so many you did otherwise, so many wait."""
    counts = dict.fromkeys(("agreed", "differed", "undecided"), 0)
    for line in report.lines:
        counts[line.outcome] += 1
    told = {name: format_integer(count, texts.style) for name, count in counts.items()}
    return texts.text("shadow.report", total=format_integer(len(report.lines), texts.style), **told)


def own_data_report(texts: Texts, report: OwnDataReport) -> Iterator[str]:
    """Lines for a terminal or a screen."""
    if not report.decisions:
        yield texts.text("own_data.nothing")
        return
    yield texts.plural("own_data.decisions", report.decisions)
    yield texts.text("own_data.first", share=_share(texts, report.first))
    yield texts.text("own_data.first_few", share=_share(texts, report.first_few))
    yield texts.text("own_data.automatic", share=_share(texts, report.automatic))
    yield texts.text("own_data.coverage", share=_share(texts, report.coverage))
    for of in report.bins:
        if of.share.n:
            yield _bin(texts, of)


def _bin(texts: Texts, of: CalibrationBin) -> str:
    return texts.text(
        "own_data.bin", low=_percent(texts, of.low), high=_percent(texts, of.high), share=_share(texts, of.share)
    )


def _share(texts: Texts, share: Share) -> str:
    """98,5 % (197 av 200, 95,7–99,5 %)."""
    if share.value is None:
        return texts.text("own_data.none")
    low, high = share.bounds
    return texts.text(
        "own_data.share",
        share=_percent(texts, share.value, 1),
        right=format_integer(share.right, texts.style),
        n=format_integer(share.n, texts.style),
        low=_percent(texts, low, 1),
        high=_percent(texts, high, 1),
    )


def _percent(texts: Texts, value: float, decimals: int = 0) -> str:
    """Cut, never rounded up: only all is 100 %."""
    return format_percent(int(round(value * _WHOLE, 6)), texts.style, decimals)
