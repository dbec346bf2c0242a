"""Why not automatic, what is learnt and what a rule says, in words of both languages."""

from __future__ import annotations

from datetime import date

import pytest

from kontali_desktop.domain.autonomy import EvidenceKind, Veto
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import AccountId, DecisionId, DocumentId
from kontali_desktop.domain.matches import Evidence, Posting, Proposal, ProposalKind, ProposedLine
from kontali_desktop.domain.periods import ClosedPeriod
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule, TextTest
from kontali_desktop.matching.learnt import FactKind
from kontali_desktop.services.autonomy import Verdict
from kontali_desktop.services.learning import LearntFact
from kontali_desktop.wording.texts import UNKNOWN_FACT
from kontali_desktop.wording.wording import Wording

PROPOSAL = Proposal(ProposalKind.DOCUMENTS, 0.9634, 3)
SETTINGS = ClientSettings(cap=10_000_00, closed=ClosedPeriod(date(2026, 1, 31), DecisionId(7)))


@pytest.mark.parametrize("veto", Veto)
@pytest.mark.parametrize("counterparty", ["bryggen as", ""])
def test_every_veto_has_words_without_gaps(wording: Wording, veto: Veto, counterparty: str) -> None:
    said = wording.why_not_automatic(Verdict((veto,), EvidenceKind.KID, counterparty), PROPOSAL, SETTINGS)
    assert len(said) > 10
    assert UNKNOWN_FACT not in said.split()
    assert "{" not in said


@pytest.mark.parametrize("kind", EvidenceKind)
def test_every_kind_of_evidence_has_words(wording: Wording, kind: EvidenceKind) -> None:
    assert wording.text(f"evidence_kind.{kind}")


def test_reasons_name_what_they_are_about(nb: Wording) -> None:
    def said(veto: Veto) -> str:
        return nb.why_not_automatic(Verdict((veto,), EvidenceKind.NAME_AMOUNT, "bryggen as"), PROPOSAL, SETTINGS)

    assert said(Veto.BELOW_THRESHOLD) == "Sikkerheten er 96\u00a0%, grensen er 97\u00a0%."
    assert said(Veto.AMBIGUOUS) == "3 kombinasjoner passer like godt."
    assert "10\u00a0000,00" in said(Veto.ABOVE_CAP)
    assert "lukket periode (til og med 31.01.2026)" in said(Veto.CLOSED_PERIOD)
    assert "kobling på navn og beløp for bryggen as" in said(Veto.TAKEN_BACK)
    assert nb.why_not_automatic(Verdict((), EvidenceKind.KID, ""), PROPOSAL, SETTINGS) == ""


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            Rule(Conditions(text="husleie", direction=Direction.OUT), Effect.POST, Posting("7770", "1")),
            "Når teksten inneholder «husleie» og pengene går ut: før på 7770 Bank- og kortgebyr med mva-kode 1.",
        ),
        (
            Rule(
                Conditions(text="leie lager", text_test=TextTest.WORDS, amount_from=100_00, amount_to=250_00),
                Effect.POST,
                Posting("12345"),
                is_automatic=True,
            ),
            "Når teksten har ordene «leie lager» og beløpet er fra 100,00 til 250,00: før på 12345, uten å spørre.",
        ),
        (
            Rule(Conditions(counterparty="Vipps", account_id=AccountId(1)), Effect.PREFER, preferred="Kari Moe"),
            "Når motpartens navn inneholder «Vipps» og linjen er på konto …4567: sett dokumenter fra Kari Moe først.",
        ),
        (
            Rule(Conditions(counterparty_account="15031234567", amount_from=5_00), Effect.NEVER_AUTOMATIC),
            "Når motpartens konto er 15031234567 og beløpet er minst 5,00: godkjenn aldri automatisk.",
        ),
    ],
)
def test_a_rule_is_one_sentence(nb: Wording, en: Wording, rule: Rule, sentence: str) -> None:
    accounts = {AccountId(1): "15031234567"}
    assert nb.rule(rule, accounts) == sentence
    assert en.rule(rule, accounts).startswith("When ")


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (
            LearntFact(FactKind.ACCOUNT, "15031234567", (DecisionId(1),), {"counterparties": "Bryggen AS"}),
            "Konto …4567 betaler for Bryggen AS (1 avgjørelse)",
        ),
        (
            LearntFact(
                FactKind.POSTING,
                "husleie",
                (DecisionId(1), DecisionId(2)),
                {"key": "husleie", "posting": "12345", "vat_code": "", "exceptions": "0"},
            ),
            "«husleie» føres på 12345 uten mva-kode (2 avgjørelser)",
        ),
        (
            LearntFact(
                FactKind.POSTING,
                "husleie",
                (DecisionId(1),),
                {"key": "husleie", "posting": "12345", "vat_code": "", "exceptions": "2"},
            ),
            "«husleie» føres på 12345 uten mva-kode; unntak: 2 (1 avgjørelse)",
        ),
    ],
)
def test_a_fact_is_one_sentence(nb: Wording, fact: LearntFact, said: str) -> None:
    assert nb.learnt_fact(fact) == said


def test_signs_of_rules_have_words(wording: Wording) -> None:
    assert wording.evidence(Evidence("rule", 5.0, {"rule": "1"}))
    assert "Kari" in wording.evidence(Evidence("rule_prefers", 0.0, {"rule": "1", "counterparty": "Kari"}))


NOTHING_APART = {"counterparty": "Bryggen AS", "payments": "4", "rounded": "0", "in_sums": "0", "with_fee": "0"}
REJECTED = {"counterparty": "Bryggen AS", "amount": "-1500.00", "currency": "NOK", "documents": "7", "posting": "7770"}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"days": "0"}, "Bryggen AS betaler vanligvis på forfallsdagen"),
        ({"days": "1"}, "Bryggen AS betaler vanligvis 1 dag etter forfall"),
        ({"days": "-3"}, "Bryggen AS betaler vanligvis 3 dager før forfall"),
        ({"days": ""}, "Bryggen AS har betalt 4 ganger"),
        (
            {"days": "4", "in_sums": "2", "with_fee": "1"},
            "Bryggen AS betaler vanligvis 4 dager etter forfall; 2 av 4 betalinger samlet, 1 av 4 betalinger med gebyr",
        ),
    ],
)
def test_what_sets_a_habit_apart_is_said_and_nothing_else(nb: Wording, facts: dict[str, str], said: str) -> None:
    fact = LearntFact(FactKind.HABIT, "311234560", (DecisionId(1),), {**NOTHING_APART, **facts})
    assert nb.learnt_sentence(fact) == said


@pytest.mark.parametrize("places", [{}, {"customer": "3–7"}, {"customer": "3–7", "invoice": "8–12"}])
@pytest.mark.parametrize("modulus", ["", "10"])
def test_a_kid_says_only_what_is_known(wording: Wording, places: dict[str, str], modulus: str) -> None:
    facts = {"length": "13", "modulus": modulus, "customer": "", "invoice": "", **places}
    said = wording.learnt_sentence(LearntFact(FactKind.KID_LAYOUT, "13", (DecisionId(1),), facts))
    assert said.count(",") == 1 + len(places)
    assert "13" in said
    assert UNKNOWN_FACT not in said.split()


@pytest.mark.parametrize("kind", ProposalKind)
def test_a_rejection_names_the_line_and_what_it_is_not(wording: Wording, kind: ProposalKind) -> None:
    said = wording.learnt_sentence(
        LearntFact(FactKind.REJECTED, "1", (DecisionId(1),), {**REJECTED, "proposed": kind.value})
    )
    assert said.startswith("Bryggen AS \u22121")
    assert UNKNOWN_FACT not in said.split()


@pytest.mark.parametrize("counterparty", ["Bryggen AS", ""])
def test_lost_autonomy_names_whose_and_of_what(nb: Wording, counterparty: str) -> None:
    facts = {"counterparty": counterparty, "evidence": "number"}
    said = nb.learnt_sentence(LearntFact(FactKind.AUTONOMY, "number:bryggen as", (DecisionId(1),), facts))
    assert said.startswith("Du har rettet kobling på fakturanummer")
    assert (" for Bryggen AS" in said) == bool(counterparty)


def test_the_threshold_shows_its_tenths_and_so_does_what_is_below_it(nb: Wording) -> None:
    verdict = Verdict((Veto.BELOW_THRESHOLD,), EvidenceKind.KID, "")
    near = Proposal(ProposalKind.DOCUMENTS, 0.9949, 1)
    said = nb.why_not_automatic(verdict, near, ClientSettings(threshold=0.995))
    assert said == "Sikkerheten er 99,4\u00a0%, grensen er 99,5\u00a0%."


def test_a_counterparty_is_named_as_the_documents_have_it(nb: Wording) -> None:
    line = ProposedLine(DocumentId(1), Side.CUSTOMER, DocumentKind.INVOICE, "7", "Bryggen Arkitekter AS", 1, 0)
    verdict = Verdict((Veto.TAKEN_BACK,), EvidenceKind.KID, "bryggen arkitekter as")
    said = nb.why_not_automatic(verdict, Proposal(ProposalKind.DOCUMENTS, 0.99, 1, (line,)), SETTINGS)
    assert "for Bryggen Arkitekter AS." in said
