"""Every event that a service writes has words of its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kontali_desktop import services
from kontali_desktop.services.actors import PERSON, PROGRAM
from kontali_desktop.services.storage import Event
from kontali_desktop.wording.texts import UNKNOWN_FACT
from kontali_desktop.wording.wording import Wording

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SUBJECTS = "client|file|documents|document|match|connection|sync|settings|frequency|account"
CODE = re.compile(rf'"((?:{SUBJECTS})\.[a-z_]+)"')
FACTS = {
    "client": "Fjord Elektro AS",
    "orgnr": "974760673",
    "threshold": "0.9700",
    "file": "faktura.xml",
    "format": "ehf",
    "added": "1",
    "updated": "0",
    "unchanged": "2",
    "refused": "0",
    "count": "2",
    "numbers": "10234, 10240",
    "number": "10234",
    "counterparty": "Bryggen Arkitekter AS",
    "difference": "12500",
    "amount": "12500.00",
    "amount_before": "11500.00",
    "issued": "2026-10-31",
    "issued_before": "2026-09-30",
    "currency": "NOK",
    "documents": "10234",
    "confidence": "0.9999",
    "bank": "dnb",
    "accounts": "2",
    "fetched": "214",
    "error": "service_unreachable",
    "name": "language",
    "hours": "6",
    "account": "15032080119",
    "booked_to": "2026-10-31",
    "closed_until": "2026-10-31",
    "closed_before": "2026-09-30",
    "ledger_account": "1921",
    "state": "expired",
}


def _codes() -> set[str]:
    found = {f"file.{status}" for status in ("imported", "ignored", "refused")}
    for source in Path(services.__path__[0]).glob("*.py"):
        found.update(CODE.findall(source.read_text(encoding="utf-8")))
    return found


def _event(code: str, facts: dict[str, str], actor: str = PERSON) -> Event:
    return Event(AT, actor, code, facts)


def test_the_services_codes_are_found() -> None:
    assert {"client.added", "match.undone", "sync.failed", "connection.renewed", "frequency.changed"} <= _codes()


@pytest.mark.parametrize("actor", [PERSON, PROGRAM])
@pytest.mark.parametrize("code", sorted(_codes()))
def test_every_code_has_words_of_its_own(code: str, actor: str, wording: Wording) -> None:
    text = wording.event(_event(code, FACTS, actor))
    assert code not in text
    assert UNKNOWN_FACT not in text
    assert "{" not in text


def test_an_unknown_code_is_shown(nb: Wording) -> None:
    assert nb.event(_event("moon.landed", {})) == "Hendelse: moon.landed"


def test_decisions(nb: Wording, en: Wording) -> None:
    facts = {
        "counterparty": "Bjørk Design AS",
        "amount": "8125.00",
        "currency": "NOK",
        "documents": "10234",
        "kind": "documents",
        "confidence": "0.9999",
    }
    assert nb.event(_event("match.accepted", facts)) == "Godkjent: Bjørk Design AS 8\u00a0125,00 mot 10234"
    assert nb.event(_event("match.accepted", facts, PROGRAM)) == (
        "Godkjent automatisk: Bjørk Design AS 8\u00a0125,00 mot 10234 (99\u00a0%)"
    )
    transfer = {**facts, "kind": "transfer", "documents": ""}
    assert en.event(_event("match.undone", transfer)) == (
        "Undone: Bjørk Design AS 8,125.00 as a transfer between own accounts"
    )


def test_syncs(nb: Wording) -> None:
    failed = {"bank": "dnb", "error": "service_unreachable"}
    assert nb.event(_event("sync.failed", failed)) == "Hentingen fra DNB gikk ikke: DNB svarer ikke."
    cancelled = {"bank": "dnb", "error": "sync_cancelled"}
    assert nb.event(_event("sync.failed", cancelled)) == "Hentingen fra DNB ble avbrutt; ingenting av den er lagret"


def test_settings_and_connections(nb: Wording) -> None:
    on = _event("client.settings_changed", {"threshold": "0.9700", "automatic": "true"})
    assert nb.event(on) == "Klientens innstillinger endret: godkjenner automatisk fra 97\u00a0% sikkerhet"
    assert nb.event(_event("frequency.changed", {"hours": "6"})) == "Hentes heretter: hver 6. time"
    kept = nb.event(_event("connection.disconnected", {"bank": "demo", "revoked": "false"}))
    assert kept.startswith("Demobanken koblet fra og nøklene slettet; banken bekreftet ikke")


def test_a_start_is_shown_as_a_date(nb: Wording) -> None:
    facts = {"account": "15032080119", "booked_to": "2026-10-31"}
    assert nb.event(_event("account.start_changed", facts)) == "Konto …0119: bokført til og med 31.10.2026"
    assert nb.event(_event("account.start_changed", {**facts, "booked_to": ""})) == (
        "Konto …0119: alt er med i kontrollen"
    )


def test_a_closing_says_from_and_to(nb: Wording, en: Wording) -> None:
    def event(code: str, before: str, until: str) -> Event:
        return _event(f"client.books_{code}", {"closed_before": before, "closed_until": until})

    first = event("closed", "", "2026-01-31")
    assert nb.event(first) == "Bøkene lukket til og med 31.01.2026 (før: ikke lukket)"
    assert nb.event(event("opened_after", "2026-02-28", "2026-01-31")) == (
        "Bøkene åpnet igjen etter 31.01.2026 (før: lukket til og med 28.02.2026)"
    )
    assert en.event(event("opened", "2026-01-31", "")).startswith("Books opened again (before: closed up to")


def test_a_difference_in_minor_units_is_an_amount(nb: Wording) -> None:
    event = _event("document.difference", {"number": "10234", "counterparty": "Bryggen AS", "difference": "12550"})
    assert nb.event(event) == "10234 Bryggen AS: bøkene viser 125,50 mindre enn det som er koblet her"


def test_a_number_that_comes_again(nb: Wording, en: Wording) -> None:
    facts = {
        "number": "77",
        "counterparty": "Kunde AS",
        "amount": "200.00",
        "currency": "NOK",
        "issued": "2026-02-01",
        "amount_before": "1250.50",
        "currency_before": "EUR",
        "issued_before": "",
    }
    told = nb.event(_event("document.number_again", facts))
    assert told == "77 Kunde AS kom på nytt: EUR\u00a01\u00a0250,50 med datoen – ble 200,00 med datoen 01.02.2026"
    doubt = en.refusal("", "number_again", facts)
    assert doubt.startswith("Number 77 (Kunde AS) came before with EUR\u00a01,250.50 and the date –; here it says 200")
    assert "1 Feb 2026" in doubt


def test_who_did_it(nb: Wording, en: Wording) -> None:
    assert [nb.actor(PERSON), nb.actor(PROGRAM), nb.actor("ola")] == ["Du", "Kontali", "ola"]
    assert en.actor(PERSON) == "You"


def told(wording: Wording, code: str, **facts: str) -> str:
    return wording.event(Event(AT, PERSON, code, facts))


NONE = {"files": "1", "file": "a.csv", "lines": "0", "documents": "0", "batches": "0", "matches": "0"}


@pytest.mark.parametrize(
    ("facts", "nb_text", "en_text"),
    [
        (
            {"lines": "1", "matches": "2"},
            "Tatt ut: 1 banklinje, 2 koblinger.",
            "Taken out: 1 bank line, 2 matches.",
        ),
        (
            {"files": "3", "batches": "1", "postings": "2", "restored": "1"},
            "Tatt ut: 1 oppgjør eller samlepost, 2 posteringer. 1 rad er satt tilbake slik den var.",
            "Taken out: 1 settlement or bulk payment, 2 postings. 1 row is set back as it was.",
        ),
        (
            {"restored": "2"},
            "2 rader er satt tilbake slik de var.",
            "2 rows are set back as they were.",
        ),
        (
            {},
            "Alt i den står også i andre filer eller kom fra banken, så ingenting er tatt ut.",
            "All of it is in other files too or came from the bank, so nothing is taken out.",
        ),
    ],
)
def test_an_undone_import_says_what_it_took_out(
    nb: Wording, en: Wording, facts: dict[str, str], nb_text: str, en_text: str
) -> None:
    nb_file, en_file = ("a.csv", "a.csv") if "files" not in facts else ("a.csv og 2 til", "a.csv and 2 more")
    assert told(nb, "import.undone", **{**NONE, **facts}) == f"Angret importen av {nb_file}. {nb_text}"
    assert told(en, "import.undone", **{**NONE, **facts}) == f"Undid the import of {en_file}. {en_text}"


def test_one_is_not_several(nb: Wording, en: Wording) -> None:
    assert told(nb, "documents.closed", count="1", numbers="7").startswith("1 åpen post lukket, fordi den")
    assert told(nb, "documents.closed", count="2", numbers="7, 8").startswith("2 åpne poster lukket, fordi de")
    assert told(en, "documents.reopened", count="1", numbers="7") == "1 open item opened again: 7"
    assert told(nb, "vouchers.exported", count="1", first="4", last="4", format="csv").startswith(
        "Eksporterte 1 bilag (nr. 4) som"
    )


def test_what_was_taken_with_a_doubt_is_said_in_the_log(nb: Wording) -> None:
    facts = {"file": "a.xml", "format": "saf-t", "added": "3", "updated": "0", "unchanged": "0", "refused": "0"}
    assert told(nb, "file.imported", **facts, doubts="0").endswith("0 avvist")
    assert told(nb, "file.imported", **facts, doubts="1").endswith("0 avvist, 1 å se på")
