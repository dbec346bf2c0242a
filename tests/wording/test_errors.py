"""Every error class has its own words in both languages: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kontali_desktop.domain import errors as domain_errors
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.services import errors as outside_errors
from kontali_desktop.services.os_errors import CODES
from kontali_desktop.wording.texts import UNKNOWN_FACT
from kontali_desktop.wording.wording import Wording

# What the classes' docstrings promise.
PARAMETERS: dict[str, str | int] = {
    "service": "dnb",
    "bank": "demo",
    "status": 503,
    "retry_after": 300,
    "where": "transactions",
    "consent": "c-1",
    "seconds": 600,
    "reason": "server_error",
    "what": "state",
    "missing": "DNB_CLIENT_ID",
    "connection": 3,
    "path": "/data/kontali.db",
    "detail": "no space",
    "found": "0009",
    "known": "0001",
    "format": "csv",
    "since": "2026-02-01",
    "until": "2026-01-31",
    "sum": "0.01",
    "code": "C1",
    "why": "date_not_understood",
    "value": "31.02",
    "id": 7,
    "number": "10234",
    "counterparty": "Bryggen AS",
    "orgnr": "974760673",
    "client": "Fjord Elektro AS",
    "day": "2026-01-30",
    "closed_until": "2026-01-31",
    "count": 2,
    "text": "12x",
    "account": "15032080119",
    "ledger_account": "1920",
    "name": "faktura.pdf",
    "media_type": "text/html",
}


def _classes(kind: type[KontaliError]) -> Iterator[type[KontaliError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _classes(child)


CLASSES = [kind for kind in dict.fromkeys(_classes(KontaliError)) if kind.__module__.startswith("kontali_desktop.")]


def test_the_tree_is_walked() -> None:
    assert {domain_errors.DocumentSettled, outside_errors.RateLimited, KontaliError} <= set(CLASSES)
    assert len({kind.code for kind in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.code)
def test_every_class_is_worded(kind: type[KontaliError], wording: Wording) -> None:
    for part in ("message", "meaning", "action"):
        wording.text(f"error.{kind.code}.{part}", **PARAMETERS, wait="", duration="")  # its own, not its parent's
    text = wording.error(kind(**PARAMETERS))
    assert all((text.message, text.meaning, text.action))
    assert UNKNOWN_FACT not in text.line
    assert "{" not in text.line


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.code)
def test_a_missing_parameter_never_breaks_the_message(kind: type[KontaliError], wording: Wording) -> None:
    assert wording.error(kind()).message


def test_a_closed_period_says_which_days_as_people_write_them(nb: Wording) -> None:
    error = domain_errors.PeriodClosed(client="Fjord AS", day="2026-01-30", closed_until="2026-01-31")
    said = nb.error(error)
    assert said.message == "Bøkene til Fjord AS er lukket til og med 31.01.2026."
    assert said.meaning.startswith("Linjen er bokført 30.01.2026, og")
    assert "«Bokført og lukket til og med»" in said.action


@pytest.mark.parametrize("what", ["undo", "import_match", "start"])
def test_a_closed_period_names_the_line_that_stands_in_the_way(nb: Wording, what: str) -> None:
    line = {"day": "2026-01-30", "amount": "-1250.00", "currency": "NOK", "text": "Bryggen AS"}
    said = nb.error(domain_errors.PeriodClosed(client="Fjord AS", closed_until="2026-01-31", what=what, **line))
    assert said.message == "Bøkene til Fjord AS er lukket til og med 31.01.2026."
    assert "linjen 30.01.2026 på −1\u00a0250,00" in said.meaning.replace("Linjen", "linjen")
    assert "«Bryggen AS»" in said.meaning
    assert "«Bokført og lukket til og med»" in said.action


def test_a_number_that_is_missing_in_a_file_of_vouchers_is_named(wording: Wording) -> None:
    said = wording.held_back("vat_code_of_voucher", {"number": "412", "vat_code": "77", "account": "7770"})
    assert "412" in said.split(":", maxsplit=1)[0]
    assert "mangler" in said or "missing" in said
    assert "“77”" in said.replace("«", "“").replace("»", "”")


@pytest.mark.parametrize(("count", "said"), [("1", "1 linje er bokført"), ("2", "2 linjer er bokført")])
def test_lines_of_a_closed_period_that_came_in_are_counted(nb: Wording, count: str, said: str) -> None:
    assert nb.refusal("", "in_closed_period", {"count": count}).startswith(said)


@pytest.mark.parametrize("reason", ["missing", "locked", "refused", "timeout", "failed"])
def test_the_keychain_says_why(wording: Wording, reason: str) -> None:
    text = wording.error(outside_errors.KeychainUnavailable(reason=reason))
    others = {
        wording.error(outside_errors.KeychainUnavailable(reason=other)).message
        for other in ("missing", "locked", "refused", "timeout", "failed")
        if other != reason
    }
    assert text.message not in others
    assert text.button


def test_banks_are_named(nb: Wording, en: Wording) -> None:
    error = outside_errors.ServiceUnreachable(service="demo")
    assert nb.error(error).message == "Demobanken svarer ikke."
    assert en.error(error).message == "Demo Bank does not answer."
    assert nb.error(outside_errors.ServiceUnreachable(service="127.0.0.1:8765")).message.startswith("127.0.0.1:8765")


def test_a_limit_says_when_to_try_again(nb: Wording) -> None:
    told = nb.error(outside_errors.RateLimited(service="dnb", status=429, retry_after=300))
    untold = nb.error(outside_errors.RateLimited(service="dnb", status=429, retry_after=0))
    assert told.action == "Prøv igjen om 5 minutter."
    assert untold.action == "Prøv igjen senere."


def test_an_unworded_child_has_its_parents_words(nb: Wording) -> None:
    class DoorLocked(outside_errors.SignInRequired):
        code = "door_locked"

    try:
        assert nb.error(DoorLocked(service="dnb")).message == "DNB ber deg logge inn på nytt."
    finally:
        del DoorLocked


def test_a_stored_error_has_the_same_words(wording: Wording) -> None:
    error = outside_errors.ServiceRefused(service="dnb", status=503)
    assert wording.stored_error(error.code, error.parameters) == wording.error(error)
    assert wording.stored_error("long_gone").message == wording.error(KontaliError()).message


def test_a_file_says_why(nb: Wording) -> None:
    error = outside_errors.FileNotUnderstood(where="line 12", why="date_not_understood", value="31.02")
    assert nb.error(error).message == "Filen kan ikke leses inn. Linje 12: «31.02» er ikke en dato."


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_of_the_operating_system_has_words(wording: Wording, code: str) -> None:
    assert f"os.{code}" not in wording.refusal("", "cannot_open", {"detail": f"os.{code}"})


def test_a_system_error_is_said_in_the_persons_language(nb: Wording, en: Wording) -> None:
    error = outside_errors.FileNotWritten(path="a.csv", detail="os.disk_full")
    assert nb.error(error).message == "Filen a.csv kunne ikke lagres: disken er full."
    assert en.error(error).message == "The file a.csv could not be saved: the disk is full."
    assert nb.refusal("", "cannot_open", {"detail": "os.no_access"}) == "Filen kunne ikke åpnes (du har ikke tilgang)."
    stored = nb.refusal("", "cannot_open", {"detail": "Permission denied"})
    assert stored == "Filen kunne ikke åpnes (Permission denied)."  # from before there were codes


def test_the_days_of_a_period_are_written_as_people_do(nb: Wording, en: Wording) -> None:
    error = domain_errors.EmptyPeriod(since="2026-03-01", until="2026-02-28")
    assert nb.error(error).message == "Perioden slutter 28.02.2026, før den begynner 01.03.2026."
    assert "2026-" not in en.error(error).line
