"""Why a proposal waits for a person, and what the tests on the client's own books say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kontali_desktop.domain.autonomy import Veto
from kontali_desktop.domain.documents import folded_name
from kontali_desktop.wording.dates import DateWords
from kontali_desktop.wording.numbers import format_amount, format_elapsed, format_integer, format_percent, format_scaled
from kontali_desktop.wording.texts import UNKNOWN_FACT, Texts

if TYPE_CHECKING:  # for the types alone: most runs load neither the engine nor the learning
    from kontali_desktop.domain.clients import ClientSettings
    from kontali_desktop.domain.matches import Proposal
    from kontali_desktop.services.autonomy import Verdict
    from kontali_desktop.services.own_data_test import CalibrationBin, OwnDataReport
    from kontali_desktop.services.rule_tests import RuleTest
    from kontali_desktop.services.shadow import ShadowReport
    from kontali_desktop.services.shares import Share

_WHOLE = 10_000  # hundredths of a percent


def why_not(texts: Texts, dates: DateWords, verdict: Verdict, proposal: Proposal, settings: ClientSettings) -> str:
    """The most telling reason in a sentence; empty where it is accepted by itself."""
    veto = verdict.why_not
    if veto is None:
        return ""
    facts: dict[str, object] = {"counterparty": _written(verdict.counterparty, proposal) or UNKNOWN_FACT}
    if veto is Veto.BELOW_THRESHOLD:
        facts |= _against_threshold(texts, proposal.confidence, settings.threshold)
    if veto is Veto.CLOSED_PERIOD and settings.closed_until is not None:
        facts["closed_until"] = dates.day(settings.closed_until)
    if veto is Veto.ABOVE_CAP and settings.cap is not None:
        facts["cap"] = format_amount(settings.cap, "NOK", texts.style)
    if veto is Veto.AMBIGUOUS:
        return texts.plural("veto.ambiguous", proposal.combinations)
    if veto in (Veto.TAKEN_BACK, Veto.NOT_CONFIRMED):
        facts["kind"] = texts.text(f"evidence_kind.{verdict.kind}")
        veto_key = f"veto.{veto}" if verdict.counterparty else f"veto.{veto}.all"
        return texts.told(veto_key, facts)
    return texts.told(f"veto.{veto}", facts)


def _written(counterparty: str, proposal: Proposal) -> str:
    """As the documents have it; it is remembered in small letters."""
    names = (line.counterparty for line in proposal.lines)
    return next((name for name in names if folded_name(name) == counterparty), counterparty)


def _against_threshold(texts: Texts, confidence: float, threshold: float) -> dict[str, object]:
    """Both cut to what the threshold shows, so that what is below it always looks below it."""
    decimals = 1 if round(threshold * _WHOLE) % 100 else 0
    return {"confidence": _percent(texts, confidence, decimals), "threshold": _percent(texts, threshold, decimals)}


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
    if not report.is_telling:
        yield texts.text("own_data.too_few", least=format_integer(report.fewest, texts.style))
    error = report.calibration_error
    if error is not None:
        yield texts.text("own_data.calibration_error", points=format_scaled(round(error * 1000), 1, texts.style))
    yield texts.text("own_data.seconds", seconds=format_elapsed(report.seconds, texts.style))
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
