"""The report in short words: what stands on a card, beside the curve, and in a row."""

from __future__ import annotations

from dataclasses import dataclass

from kontali_desktop.services.own_data_test import CalibrationBin, OwnDataReport, WrongAnswer
from kontali_desktop.services.shares import Share
from kontali_desktop.wording.wording import Wording

_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One card: a small heading, the figure, and what it is of."""

    title: str
    figure: str
    remark: str


def shares_of(report: OwnDataReport) -> tuple[tuple[str, Share], ...]:
    """In the order in which they are read; `own_data.figure.<name>` is what each is called."""
    return (
        ("precision", report.automatic),
        ("coverage", report.coverage),
        ("first", report.first),
        ("first_few", report.first_few),
    )


def figures(report: OwnDataReport, wording: Wording) -> tuple[Figure, ...]:
    """The shares, then the time."""
    text = wording.text
    made = [Figure(text(f"own_data.figure.{name}"), *_share(share, wording)) for name, share in shares_of(report)]
    seconds = wording.elapsed(report.seconds)
    return (*made, Figure(text("own_data.figure.time"), seconds, text("own_data.figure.time_remark")))


def _share(share: Share, wording: Wording) -> tuple[str, str]:
    if share.value is None:
        return "–", wording.text("own_data.none")
    return percent(share.value, wording, 1), counts(share, wording)


def counts(share: Share, wording: Wording) -> str:
    """197 av 200."""
    return wording.text("own_data.of", right=wording.integer(share.right), n=wording.integer(share.n))


def percent(value: float, wording: Wording, decimals: int = 0) -> str:
    """Cut, never rounded up: only all is 100 %."""
    return wording.percent(int(round(value * _WHOLE, 6)), _WHOLE, decimals)


def bounds(share: Share, wording: Wording) -> tuple[str, str]:
    low, high = share.bounds
    return percent(low, wording), percent(high, wording)


def bin_words(of: CalibrationBin, wording: Wording) -> tuple[str, str]:
    """`90–100 %` and `98,5 % (197 av 200)`."""
    span = wording.text("own_data.span", low=wording.integer(round(of.low * 100)), high=percent(of.high, wording))
    right = percent(of.share.value or 0.0, wording, 1)
    return span, wording.text("own_data.right", share=right, counts=counts(of.share, wording))


def spoken_bins(report: OwnDataReport, wording: Wording) -> str:
    """The curve for those who do not see it, a line for each span."""
    told = (bin_words(of, wording) for of in report.bins if of.share.n)
    return "\n".join(wording.text("own_data.spoken", span=span, right=right) for span, right in told)


def answer_words(wrong: WrongAnswer, wording: Wording) -> str:
    return wording.proposal(wrong.answer, wrong.transaction.reported.currency).title


def chosen_words(wrong: WrongAnswer, wording: Wording) -> str:
    return wording.proposal(wrong.chosen, wrong.transaction.reported.currency).title
