"""Rows and texts as the drawings have them."""

from __future__ import annotations

from kontali_desktop.ui.theme import IconName, Tone
from kontali_desktop.ui.widgets.detail_grid import DetailRow, Verdict
from kontali_desktop.ui.widgets.evidence import EvidenceItem
from kontali_desktop.ui.widgets.paint import Run
from kontali_desktop.ui.widgets.sidebar import NavEntry
from kontali_desktop.ui.widgets.two_sided_row import Level, TwoSidedRow

MUNKHOLM = "Munkholm Data AS"
NORDLYS = "Nordlys Bygg AS"


def title(strong: str, normal: str = "", quiet: str = "") -> tuple[Run, ...]:
    return (Run(strong, strong=True), Run(f"  {normal}"), Run(f"  {quiet}", Tone.QUIET))


ROWS = (
    TwoSidedRow(
        date="24.11",
        client=MUNKHOLM,
        counterparty="Bryggen Arkitekter AS",
        text="Faktura 10234",
        amount="12 500,00",
        confidence="99 %",
        level=Level.SURE,
        title=title("10234", "Bryggen Arkitekter AS", "forfall 23.11"),
        detail="Beløp, nummer og konto stemmer",
        proposal_amount="12 500,00",
        can_accept=True,
        spoken="24.11 Bryggen Arkitekter AS 12 500,00, forslag 10234, 99 prosent",
    ),
    TwoSidedRow(
        date="24.11",
        client=MUNKHOLM,
        counterparty="Vipps MobilePay AS",
        text="Utbetaling 2004411",
        amount="3 438,75",
        confidence="97 %",
        level=Level.SURE,
        title=(Run("7 fakturaer", strong=True), Run("  10198 … 10207")),
        detail="Eneste kombinasjon · gebyr −61,25 (1,75 %)",
        proposal_amount="3 500,00",
        can_accept=True,
        spoken="24.11 Vipps MobilePay AS 3 438,75, forslag 7 fakturaer, 97 prosent",
    ),
    TwoSidedRow(
        date="24.11",
        client=NORDLYS,
        counterparty="HANSEN KARI",
        text="bet. takk for god jobb",
        amount="4 999,00",
        confidence="88 %",
        level=Level.LIKELY,
        title=title("3087", "Kari Hansen", "forfall 20.11"),
        detail="Navn og beløp; betaler ofte 4 dager sent",
        proposal_amount="4 999,00",
        can_accept=True,
    ),
    TwoSidedRow(
        date="23.11",
        client=MUNKHOLM,
        counterparty="Sletta Mekaniske AS",
        text="fakt 10240/10241",
        amount="31 250,00",
        confidence="96 %",
        level=Level.SURE,
        title=title("2 fakturaer", "Sletta Mekaniske AS", "10240 · 10241"),
        detail="Begge numre står i teksten",
        proposal_amount="31 250,00",
        can_accept=True,
    ),
    TwoSidedRow(
        date="23.11",
        client=MUNKHOLM,
        counterparty="ADOBE SYSTEMS SOFTW",
        text="EUR 62,49 kurs 11,7420",
        amount="−733,76",
        confidence="91 %",
        level=Level.LIKELY,
        title=title("INV-2991847", "Adobe Systems", "forfall 22.11"),
        detail="Beløp og kurs stemmer; navnet er avkortet",
        proposal_amount="−733,76",
        can_accept=True,
    ),
    TwoSidedRow(
        date="23.11",
        client=NORDLYS,
        counterparty="KORTKJØP BILTEMA 418",
        text="uten motpart",
        amount="−1 204,00",
        title=(Run("Ingen forslag", strong=True),),
        detail="Mangler bilag · før direkte, be om bilag eller parker",
    ),
    TwoSidedRow(
        date="16.11",
        client=MUNKHOLM,
        counterparty="Skatteetaten",
        text="KID 0081 7…",
        amount="−48 210,00",
        confidence="96 %",
        level=Level.SURE,
        title=title("Føres direkte", "2770 Arbeidsgiveravgift", "termin 5"),
        detail="Samme tekst som fire ganger før",
        proposal_amount="−48 210,00",
        can_accept=True,
    ),
)

DETAIL = (
    DetailRow(
        "Beløp",
        (Run("3 438,75"),),
        (Run("3 500,00"), Run(" − gebyr 61,25 = 3 438,75", Tone.QUIET)),
        Verdict.CLOSE,
        "nesten likt",
    ),
    DetailRow(
        "Dato",
        (Run("24.11.2026"),),
        (Run("solgt 22.11"), Run(" · betaler etter 2 dager", Tone.QUIET)),
        Verdict.EQUAL,
        "likt",
    ),
    DetailRow(
        "Motpart",
        (Run("Vipps MobilePay", marked=True), Run(" AS")),
        (Run("oppgjørskilde "), Run("Vipps MobilePay", marked=True)),
        Verdict.EQUAL,
        "likt",
    ),
    DetailRow(
        "Referanse",
        (Run("Utbetaling 2004411"),),
        (Run("ingen på fakturaene", Tone.QUIET),),
        Verdict.MISSING,
        "mangler",
    ),
    DetailRow(
        "Rest",
        (Run("0,00", strong=True), Run(" etter kobling")),
        (Run("gebyret føres på 7770 Bank- og kortgebyr", Tone.QUIET),),
    ),
)

EVIDENCE = (
    EvidenceItem("Eneste kombinasjon av 23 åpne", 1.0, "veier mest"),
    EvidenceItem("Gebyr 1,75 % som før (41 av 41)", 0.78),
    EvidenceItem("Salg to dager før", 0.36),
)

SCREENS = (
    NavEntry("overview", "Oversikt", IconName.HOUSE, "Ctrl+1"),
    NavEntry("review", "Kontroll", IconName.REVIEW_CHECK, "Ctrl+2"),
    NavEntry("transactions", "Transaksjoner", IconName.LIST, "Ctrl+3"),
    NavEntry("open-items", "Åpne poster", IconName.FILES, "Ctrl+4"),
    NavEntry("reconciliation", "Bankavstemming", IconName.SCALES, "Ctrl+5"),
    NavEntry("connections", "Banktilkoblinger", IconName.BANK, "Ctrl+6"),
    NavEntry("events", "Hendelser", IconName.CLOCK_HISTORY, "Ctrl+7"),
    NavEntry("settings", "Innstillinger", IconName.GEAR, "Ctrl+8"),
)
