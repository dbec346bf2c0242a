"""The report as a table for a spreadsheet: the shares, the calibration, and each line that was answered wrongly."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.own_data_test import OwnDataReport
from kontali_desktop.services.shares import Share
from kontali_desktop.ui.own_data.words import shares_of
from kontali_desktop.wording.wording import Wording

_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
_PLACES = 4
_COLUMNS = ("day", "counterparty", "text", "amount", "currency", "chosen", "answer", "confidence", "automatic")


def report_table(report: OwnDataReport, wording: Wording) -> str:
    """Semicolons between the cells; numbers with the language's decimal mark and without groups."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerows(_rows(report, wording))
    return out.getvalue()


def _rows(report: OwnDataReport, wording: Wording) -> Iterator[list[str]]:
    text = wording.text
    columns = [text(f"own_data.csv.{name}") for name in ("right", "of", "share", "low", "high")]
    yield [text("own_data.csv.what"), *columns]
    for name, share in shares_of(report):
        yield [text(f"own_data.figure.{name}"), *_share(share, wording)]
    yield []
    yield [text("own_data.csv.from"), text("own_data.csv.to"), text("own_data.csv.confidence"), *columns]
    for of in report.bins:
        if of.share.n:
            confidence = _number(of.confidence, wording)
            yield [_number(of.low, wording), _number(of.high, wording), confidence, *_share(of.share, wording)]
    yield []
    yield [text("own_data.csv.decisions"), str(report.decisions)]
    yield [text("own_data.csv.calibration"), _number(report.calibration_error, wording)]
    yield [text("own_data.csv.seconds"), _number(report.seconds, wording)]
    yield []
    yield [text(f"own_data.column.{name}") for name in _COLUMNS]
    yield from _wrong(report, wording)


def _wrong(report: OwnDataReport, wording: Wording) -> Iterator[list[str]]:
    for wrong in report.wrong:
        line, answer = wrong.transaction.reported, wrong.answer
        amount = plain_amount(line.amount, line.currency)
        yield [
            line.booking_date.isoformat() if line.booking_date else "",
            _plain(line.counterparty),
            _plain(line.text),
            amount.replace(".", ",") if wording.language == "nb" else amount,
            line.currency,
            _plain(wording.proposal(wrong.chosen, line.currency).title),
            _plain(wording.proposal(answer, line.currency).title),
            _number(answer.confidence if answer else None, wording),
            wording.text("own_data.yes" if wrong.is_automatic else "own_data.no"),
        ]


def _share(share: Share, wording: Wording) -> list[str]:
    low, high = share.bounds
    return [str(share.right), str(share.n), *(_number(v, wording) for v in (share.value, low, high))]


def _number(value: float | None, wording: Wording) -> str:
    if value is None:
        return ""
    number = f"{value:.{_PLACES}f}"
    return number.replace(".", ",") if wording.language == "nb" else number


def _plain(text: str) -> str:
    """No spreadsheet takes it for a formula (OWASP, "CSV Injection")."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_STARTS) else text
