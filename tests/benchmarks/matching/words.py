"""Names, places and sentences that the made companies are written with."""

from __future__ import annotations

FIRST = (
    "Aslaug", "Birger", "Camilla", "Dagfinn", "Eldbjørg", "Frode", "Gunhild", "Håkon", "Ingeborg", "Jørgen",
    "Kåre", "Liv", "Målfrid", "Njål", "Oddvar", "Petra", "Ragnhild", "Sverre", "Tove", "Unni", "Vegard",
    "Wenche", "Yngve", "Åse", "Øystein", "Amina", "Dariusz", "Zofia", "Ahmed", "Nadia", "Tuan", "Elif",
    "Marek",
)  # fmt: skip
LAST = (
    "Aasen", "Bjørnstad", "Dahl", "Eide", "Fossum", "Grønli", "Hauge", "Ibsen", "Jakobsen", "Kvåle", "Løken",
    "Moen", "Nygård", "Opdal", "Rød", "Sæther", "Tangen", "Ulvestad", "Vik", "Wold", "Ytterdal", "Ås", "Østli",
    "Ahmadi", "Nguyen", "Wiśniewska", "Mazur", "Yilmaz", "Rahman", "Ness", "Bøe", "Lie", "Kleppe", "Hagen",
)  # fmt: skip
PLACE = (
    "Nordfjord", "Sørlandet", "Hallingdal", "Lofoten", "Ryfylke", "Toten", "Valdres", "Jæren", "Hardanger",
    "Namdal", "Salten", "Vestby", "Mjøs", "Fosen", "Romerike", "Senja", "Sunnmøre", "Numedal", "Gauldal",
    "Øvre", "Ytre", "Midtre", "Kystens", "Fjell", "Elve", "Åsane", "Skog", "Bre", "Tinde", "Havn",
)  # fmt: skip
TRADE = (
    "Bygg", "Tømrer", "Rørlegger", "Regnskap", "Blomster", "Bakeri", "Transport", "Renhold", "Grafisk",
    "Tannlege", "Frisør", "Optikk", "Taxi", "Gartneri", "Sveis", "Møbel", "Foto", "Arkitekt", "Vaktmester",
    "Glass", "Lås", "Mekaniske", "Elektriske", "Maskin", "Sport", "Kontor", "Isolasjon", "Fasade",
)  # fmt: skip
FORMS = (
    "AS", "AS", "AS", "AS", "ASA", "ANS", "DA", "ENK", "SA", "Enkeltpersonforetak", "Stiftelse", "",
)  # fmt: skip
SISTERS = (
    "Holding", "Eiendom", "Invest", "Drift", "Gruppen", "Nord",
)  # fmt: skip
FOREIGN = (
    "Lindqvist Verktyg AB", "Hansen & Søn ApS", "Brightwater Supplies Ltd", "Müller Fördertechnik GmbH",
    "Delacroix SARL", "Van den Berg B.V.", "Northgate Software Inc", "Kaskinen Oy", "Rossi Componenti SRL",
    "Okabe Trading LLC",
)  # fmt: skip
# {n} is one number, {ns} several; the number stands by itself, with a label, or among other words
ONE_NUMBER = (
    "{n}", "faktura {n}", "Fakt.nr. {n}", "Fakturanummer {n}", "fakt {n} takk for oss",
    "Betaling av faktura {n}", "Vedr. {n}", "Gjelder faktura nr {n}", "Inv. no. {n}", "Invoice {n}",
    "Payment of invoice {n}", "Betaling for {n}", "Rekning {n}", "Betaling av rekning nr. {n}", "Fnr {n}",
    "faktnr:{n}", "fak.{n}", "Faktura#{n}", "Nota {n}", "Innbetaling {n}", "Kundefaktura {n}",
    "Deres faktura {n}", "Ref. faktura {n}", "regning nr {n}", "f. {n}",
)  # fmt: skip
MANY_NUMBERS = (
    "Fakturaer {ns}", "Faktura {ns}", "fakt.nr {ns}", "Invoices {ns}", "Gjelder {ns}", "{ns}",
    "Rekningar {ns}", "Betaling av faktura {ns}", "Vedr fakt {ns}", "inv {ns}", "Fakturanr {ns}",
    "Betaler {ns}",
)  # fmt: skip
JOINS = (
    " og ", ", ", "/", " + ", " & ", " samt ", ";", " ",
)  # fmt: skip
NO_NUMBER = (
    "", "", "Betaling", "Overføring", "Overføring innland", "Giro", "Nettbank", "Faktura", "Takk for hjelpen",
    "Betaling i nettbank", "Innbetaling", "Straksbetaling", "Varer", "Som avtalt", "Tenester", "Payment",
    "Thanks", "Mobilbank", "Betaling faktura", "Utestående", "Avtalegiro", "Oppgjør faktura", "Vedlikehold",
    "Medlemskap",
)  # fmt: skip
KID_TEXT = (
    "KID {k}", "kid: {k}", "KID-nr {k}", "Kid nr. {k}", "{k}", "betaling KID={k}", "Ref {k}", "KIDnummer {k}",
)  # fmt: skip
NOISE = (
    "Arkivref {big}", "Transid {big}", "ordrenr {order}", "bestilling {order}", "Mob {phone}", "tlf. {phone}",
    "{dd}.{mm}", "{dd}.{mm}.2026", "kl {hh}:{mi}", "Kundenr {small}", "Prosjekt {small}", "Ref {other}",
    "Deres ref {other}", "ordre {other}", "Kurs: 1.0000", "Best.nr {order}", "Term {small}", "Org {org}",
    "Sak {small}", "Bilag {small}", "Pakke {order}",
)  # fmt: skip
PART_TEXT = (
    "Delbet. {n}", "{n} del {i} av {m}", "{n} ({i}/{m})", "Faktura {n} {i}/{m}", "Avdrag {i} faktura {n}",
    "{i}. rate {n}", "Part payment inv {n}", "Nedbetaling {n}", "Delinnbetaling faktura {n}",
)  # fmt: skip
PART_NO_NUMBER = (
    "Delbetaling", "Avdrag {i} av {m}", "A konto", "Rate {i}", "Nedbetaling", "Part payment {i}/{m}",
)  # fmt: skip
REST_TEXT = (
    "Rest faktura {n}", "Restbeløp {n}", "Siste avdrag {n}", "Slutt faktura {n}", "Resten av {n}",
)  # fmt: skip
CREDIT_TEXT = (
    "Kreditnota {n}", "Tilbakebetaling kreditnota {n}", "KN {n}", "Refusjon {n}", "Credit note {n}",
    "Kreditert {n}",
)  # fmt: skip
REFUND_NO_NUMBER = (
    "Refusjon", "Tilbakebetaling kunde", "Tilgode", "Refund", "Tilbakebetaling", "Retur innbetalt",
)  # fmt: skip
OUT_NUMBER = (
    *ONE_NUMBER,
    "Leverandørfaktura {n}", "Your invoice {n}", "Bet. {n}", "{n} betalt", "Utbet faktura {n}",
)  # fmt: skip
OUT_KID = (
    "", "Giro", "Til: {p} KID {k}", "Betaling med KID", "Utbetaling", "eGiro {k}", "eFaktura",
)  # fmt: skip
OUT_BATCH = (
    "Remittering", "Sum oppdrag", "Betalingsoppdrag {c} stk", "Massebetaling", "Samlepost antall {c}",
    "Bunt {small}", "Batch payment", "Utbetalingsfil {small}", "Sum {c} betalinger", "Telepay {small}",
    "Leverandørbetalinger",
)  # fmt: skip
OUT_CARD = (
    "VISA {card} {dd}.{mm} NOK {a} {p} Kurs: 1.0000", "Mastercard {card} {p}", "VARE {dd}.{mm} {p}",
    "Visa *{card4} {p}", "Kortkjøp {p} {dd}.{mm}", "{p} OSLO NOR", "BANKAXEPT {p} {hh}.{mi}",
)  # fmt: skip
CURRENCY_TEXT = (
    "Utland {cur} {a} kurs {r}", "{n} {cur} {a}", "Valutakjøp {cur} {a} / {r}", "SWIFT {cur}{a} rate {r} {n}",
    "Foreign payment {n}", "Betaling utland {n}", "SEPA {n} {cur} {a}", "Inv {n}",
)  # fmt: skip
CURRENCY_SILENT = (
    "Utenlandsbetaling", "SWIFT", "Foreign payment", "",
)  # fmt: skip
PROVIDERS = (
    ("Vipps MobilePay AS", "VIPPS"), ("Klarna Bank AB (publ)", "KLARNA"),
    ("Stripe Technology Europe Ltd", "STRIPE"), ("Nets Branch Norway, filial av", "NETS"),
    ("SumUp Limited", "SUMUP"), ("Zettle by PayPal", "ZETTLE"), ("Dintero AS", "DINTERO"),
    ("Adyen N.V.", "ADYEN"), ("Swedbank Pay AS", "SWEDBANK PAY"), ("Worldline", "WORLDLINE"),
    ("Svea Bank AB", "SVEA"), ("Kortsenteret AS", "KORTSENTERET"),
)  # fmt: skip
PAYOUT_TEXT = (
    "{P} OPPGJØR {big}", "Utbetaling {p}", "{P} {dd}{mm}26 UTBET", "Settlement {big}", "PAYOUT {big}",
    "Oppgjør {small}", "{P}*{big}", "Transfer {p} {big}",
)  # fmt: skip
PAYOUT_ORDERS = (
    "Oppgjør {p} ordre {ns}", "{P} orders {ns}", "Utbetaling faktura {ns}", "Payout {ns}",
)  # fmt: skip
TRANSFERS = (
    "Overføring mellom egne konti", "Til sparing", "Fra driftskonto", "Intern overføring", "Kontoregulering",
    "Egen overf.", "Til skattekonto", "Flytting", "To savings", "Internal transfer", "Overf", "Sparing",
    "Til buffer", "", "Likviditet",
)  # fmt: skip
NONE = {
    "card": (
        "VISA {card} KIWI 412", "VARE {dd}.{mm} COOP EXTRA", "Kortkjøp BILTEMA {dd}.{mm}", "VISA CLAS OHLSON",
        "APPLE.COM/BILL", "ESSO 3321", "Bunkers Florø", "Samlet regning tannlege", "Oppdrag {small} rørlegger",
        "Leverandører kantine",
    ),
    "rent": (
        "Husleie {month}", "Leie lokale {month}", "Husleige {month}", "Office rent {month}", "Leie lager",
    ),
    "payroll": (
        "Lønn {month}", "Lønnsutbetaling", "Løn {month}", "Netto lønn {small}", "Payroll {month}",
        "Lønnskjøring",
    ),
    "tax_withholding": (
        "Forskuddstrekk", "Skattetrekk {small}. termin", "Skattetrekk {month}",
        "Forskotstrekk {small}. termin",
    ),
    "employers_contribution": (
        "Arbeidsgiveravgift {small}. termin", "Aga termin {small}", "Arbeidsgjevaravgift",
    ),
    "vat": (
        "MVA {small}. termin", "Merverdiavgift", "Mva-oppgjør", "Meirverdiavgift {small}. termin",
        "Mva termin {small}",
    ),
    "loan": (
        "Terminbeløp lån {big}", "Lån avdrag og renter", "Nedbetaling lån", "Loan instalment",
        "Billån {small}",
    ),
    "bank_fee": (
        "Omkostninger", "Pris nettbank bedrift", "Kontohold", "Betalingsformidling {month}", "Gebyr",
        "Bank charges",
    ),
    "interest": (
        "Kreditrenter", "Renter {small}", "Debetrenter", "Innskuddsrenter", "Interest",
    ),
    "parking": (
        "EASYPARK {dd}.{mm}", "Apcoa parkering", "AutoPASS ferje", "Bompenger Fjellinjen",
    ),
    "private": (
        "Privat uttak", "Privat", "Til eier", "Private withdrawal",
    ),
    "refund": (
        "NAV refusjon sykepenger", "Sjukepengar refusjon", "Retur {small}", "Skatteetaten tilgode",
        "Forsikringsoppgjør",
    ),
    "subscription": (
        "TELIA NORGE", "FIKEN AS", "ICE NORGE", "SLACK T0{small}", "MICROSOFT*OFFICE", "Spotify",
    ),
}  # fmt: skip
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "aug", "sept", "oktober",
)  # fmt: skip
PRICES = (19_900, 29_900, 49_900, 59_900, 99_000, 124_900, 149_000, 187_500, 250_000, 349_000, 500_000, 990_000)
