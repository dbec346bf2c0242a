"""Where an account of NS 4102 belongs in the business statement, which SAF-T 1.30 asks of each account.

Source of categories and codes: Skatteetaten's list "Næringsspesifikasjon" for SAF-T Financial 1.3. An account goes with
the nearest code below it that fits its kind; the names say what is booked there.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

_FIXED, _CURRENT, _EQUITY = "balanseverdiForAnleggsmiddel", "balanseverdiForOmloepsmiddel", "egenkapital"
_LONG_DEBT, _SHORT_DEBT = "langsiktigGjeld", "kortsiktigGjeld"
_SALES, _INCOME, _GOODS = "salgsinntekt", "annenDriftsinntekt", "varekostnad"
_WAGES, _COST = "loennskostnad", "annenDriftskostnad"
_FINANCE_IN, _FINANCE_OUT = "finansinntekt", "finanskostnad"
_TAX, _RESULT = "skattekostnad", "resultatDisponeringForSAF-T"


@dataclass(frozen=True, slots=True)
class Grouping:
    """`first` is the lowest account that it is for."""

    first: int
    category: str
    code: str
    name: str


_GROUPS = (
    Grouping(0, _FIXED, "1020", "Immaterielle eiendeler"),
    Grouping(1070, _FIXED, "1070", "Utsatt skattefordel"),
    Grouping(1080, _FIXED, "1080", "Goodwill"),
    Grouping(1100, _FIXED, "1105", "Bygninger"),
    Grouping(1130, _FIXED, "1130", "Anlegg under utførelse"),
    Grouping(1140, _FIXED, "1140", "Jord- og skogbrukseiendommer"),
    Grouping(1150, _FIXED, "1150", "Tomter"),
    Grouping(1160, _FIXED, "1160", "Boliger"),
    Grouping(1200, _FIXED, "1205", "Maskiner og inventar"),
    Grouping(1280, _FIXED, "1280", "Kontormaskiner"),
    Grouping(1290, _FIXED, "1290", "Andre driftsmidler"),
    Grouping(1300, _FIXED, "1313", "Investeringer i datterselskap"),
    Grouping(1320, _FIXED, "1320", "Lån til foretak i samme konsern"),
    Grouping(1330, _FIXED, "1332", "Investeringer i tilknyttet selskap"),
    Grouping(1340, _FIXED, "1340", "Lån til tilknyttet selskap"),
    Grouping(1350, _FIXED, "1350", "Aksjer og andeler"),
    Grouping(1360, _FIXED, "1360", "Obligasjoner"),
    Grouping(1370, _FIXED, "1370", "Fordringer på eiere"),
    Grouping(1380, _FIXED, "1380", "Fordringer på ansatte"),
    Grouping(1390, _FIXED, "1390", "Andre langsiktige fordringer"),
    Grouping(1400, _CURRENT, "1400", "Varelager"),
    Grouping(1500, _CURRENT, "1500", "Kundefordringer"),
    Grouping(1530, _CURRENT, "1530", "Opptjent, ikke fakturert inntekt"),
    Grouping(1560, _CURRENT, "1560", "Fordringer i samme konsern"),
    Grouping(1570, _CURRENT, "1570", "Andre kortsiktige fordringer"),
    Grouping(1800, _CURRENT, "1800", "Aksjer og andeler"),
    Grouping(1820, _CURRENT, "1840", "Obligasjoner og sertifikater"),
    Grouping(1880, _CURRENT, "1880", "Andre finansielle instrumenter"),
    Grouping(1900, _CURRENT, "1900", "Kontanter"),
    Grouping(1920, _CURRENT, "1920", "Bankinnskudd"),
    Grouping(1950, _CURRENT, "1950", "Bankinnskudd for skattetrekk"),
    Grouping(1960, _CURRENT, "1920", "Bankinnskudd"),
    Grouping(2000, _EQUITY, "2000", "Innskutt egenkapital"),
    Grouping(2020, _EQUITY, "2020", "Overkurs"),
    Grouping(2030, _EQUITY, "2030", "Annen innskutt egenkapital"),
    Grouping(2050, _EQUITY, "2050", "Egenkapital"),
    Grouping(2080, _EQUITY, "2080", "Udekket tap"),
    Grouping(2100, _LONG_DEBT, "2100", "Pensjonsforpliktelser"),
    Grouping(2120, _LONG_DEBT, "2120", "Utsatt skatt"),
    Grouping(2160, _LONG_DEBT, "2160", "Uopptjent inntekt"),
    Grouping(2180, _LONG_DEBT, "2180", "Avsetning for forpliktelser"),
    Grouping(2200, _LONG_DEBT, "2200", "Konvertible lån"),
    Grouping(2210, _LONG_DEBT, "2210", "Obligasjonslån"),
    Grouping(2220, _LONG_DEBT, "2220", "Gjeld til kredittinstitusjoner"),
    Grouping(2250, _LONG_DEBT, "2250", "Gjeld til ansatte og eiere"),
    Grouping(2260, _LONG_DEBT, "2260", "Gjeld i samme konsern"),
    Grouping(2270, _LONG_DEBT, "2290", "Annen langsiktig gjeld"),
    Grouping(2300, _SHORT_DEBT, "2310", "Konvertible lån"),
    Grouping(2320, _SHORT_DEBT, "2320", "Obligasjonslån"),
    Grouping(2340, _SHORT_DEBT, "2380", "Kortsiktig gjeld til kredittinstitusjoner"),
    Grouping(2400, _SHORT_DEBT, "2400", "Leverandørgjeld"),
    Grouping(2460, _SHORT_DEBT, "2460", "Leverandørgjeld i samme konsern"),
    Grouping(2470, _SHORT_DEBT, "2400", "Leverandørgjeld"),
    Grouping(2500, _SHORT_DEBT, "2500", "Betalbar skatt"),
    Grouping(2600, _SHORT_DEBT, "2600", "Skattetrekk og andre trekk"),
    Grouping(2700, _SHORT_DEBT, "2740", "Merverdiavgift"),
    Grouping(2770, _SHORT_DEBT, "2770", "Skyldig arbeidsgiveravgift"),
    Grouping(2790, _SHORT_DEBT, "2790", "Andre offentlige avgifter"),
    Grouping(2800, _SHORT_DEBT, "2800", "Avsatt utbytte"),
    Grouping(2900, _SHORT_DEBT, "2900", "Forskudd fra kunder"),
    Grouping(2910, _SHORT_DEBT, "2910", "Gjeld til ansatte og eiere"),
    Grouping(2920, _SHORT_DEBT, "2920", "Gjeld i samme konsern"),
    Grouping(2930, _SHORT_DEBT, "2949", "Skyldig lønn og feriepenger"),
    Grouping(2950, _SHORT_DEBT, "2950", "Påløpte renter"),
    Grouping(2960, _SHORT_DEBT, "2990", "Annen kortsiktig gjeld"),
    Grouping(2970, _SHORT_DEBT, "2970", "Uopptjent inntekt"),
    Grouping(2980, _SHORT_DEBT, "2980", "Avsetning for forpliktelser"),
    Grouping(2990, _SHORT_DEBT, "2990", "Annen kortsiktig gjeld"),
    Grouping(3000, _SALES, "3000", "Salg, avgiftspliktig"),
    Grouping(3100, _SALES, "3100", "Salg, avgiftsfritt"),
    Grouping(3200, _SALES, "3200", "Salg utenfor avgiftsområdet"),
    Grouping(3300, _SALES, "3300", "Offentlige avgifter ved salg"),
    Grouping(3400, _INCOME, "3400", "Offentlig tilskudd"),
    Grouping(3500, _INCOME, "3500", "Uopptjent inntekt"),
    Grouping(3600, _INCOME, "3600", "Leieinntekt"),
    Grouping(3700, _INCOME, "3700", "Provisjonsinntekt"),
    Grouping(3800, _INCOME, "3880", "Gevinst ved avgang av anleggsmidler"),
    Grouping(3900, _INCOME, "3900", "Annen driftsinntekt"),
    Grouping(4000, _GOODS, "4005", "Varekostnad"),
    Grouping(4500, _GOODS, "4500", "Fremmedytelser"),
    Grouping(4600, _GOODS, "4005", "Varekostnad"),
    Grouping(5000, _WAGES, "5000", "Lønn"),
    Grouping(5300, _WAGES, "5300", "Annen godtgjørelse"),
    Grouping(5400, _WAGES, "5400", "Arbeidsgiveravgift"),
    Grouping(5420, _WAGES, "5420", "Pensjonskostnad"),
    Grouping(5430, _WAGES, "5900", "Annen personalkostnad"),
    Grouping(6000, _COST, "6000", "Avskrivning"),
    Grouping(6050, _COST, "6050", "Nedskrivning"),
    Grouping(6100, _COST, "6100", "Frakt ved salg"),
    Grouping(6200, _COST, "6200", "Energi til produksjon"),
    Grouping(6300, _COST, "6300", "Leie av lokale"),
    Grouping(6320, _COST, "6395", "Renovasjon, vann, renhold"),
    Grouping(6340, _COST, "6340", "Lys og varme"),
    Grouping(6350, _COST, "6395", "Renovasjon, vann, renhold"),
    Grouping(6400, _COST, "6400", "Leie av maskiner og inventar"),
    Grouping(6500, _COST, "6500", "Verktøy og inventar"),
    Grouping(6600, _COST, "6600", "Vedlikehold av bygninger"),
    Grouping(6620, _COST, "6695", "Vedlikehold av utstyr"),
    Grouping(6700, _COST, "6700", "Regnskap og rådgivning"),
    Grouping(6800, _COST, "6995", "Kontor, telefon, porto"),
    Grouping(7000, _COST, "7000", "Drivstoff"),
    Grouping(7020, _COST, "7020", "Vedlikehold av transportmidler"),
    Grouping(7040, _COST, "7040", "Forsikring av transportmidler"),
    Grouping(7100, _COST, "7155", "Bilgodtgjørelse og diett"),
    Grouping(7130, _COST, "7165", "Reisekostnad"),
    Grouping(7200, _COST, "7295", "Provisjonskostnad"),
    Grouping(7300, _COST, "7330", "Salg og reklame"),
    Grouping(7350, _COST, "7350", "Representasjon, fradragsberettiget"),
    Grouping(7360, _COST, "7370", "Representasjon"),
    Grouping(7400, _COST, "7400", "Kontingenter, fradragsberettiget"),
    Grouping(7410, _COST, "7490", "Kontingenter"),
    Grouping(7420, _COST, "7420", "Gaver, fradragsberettiget"),
    Grouping(7430, _COST, "7440", "Gaver"),
    Grouping(7500, _COST, "7500", "Forsikring"),
    Grouping(7550, _COST, "7565", "Garanti og service"),
    Grouping(7600, _COST, "7600", "Lisenser og royalty"),
    Grouping(7700, _COST, "7700", "Annen kostnad"),
    Grouping(7800, _COST, "7880", "Tap ved avgang av anleggsmidler"),
    Grouping(7820, _COST, "7830", "Tap på fordringer"),
    Grouping(7860, _COST, "7860", "Tap på kontrakter"),
    Grouping(7870, _COST, "7700", "Annen kostnad"),
    Grouping(8000, _FINANCE_IN, "8090", "Inntekt av investeringer"),
    Grouping(8030, _FINANCE_IN, "8030", "Renteinntekt i samme konsern"),
    Grouping(8040, _FINANCE_IN, "8050", "Renteinntekt"),
    Grouping(8060, _FINANCE_IN, "8060", "Valutagevinst (agio)"),
    Grouping(8070, _FINANCE_IN, "8079", "Annen finansinntekt"),
    Grouping(8100, _FINANCE_OUT, "8115", "Nedskrivning av finansielle eiendeler"),
    Grouping(8130, _FINANCE_OUT, "8130", "Rentekostnad i samme konsern"),
    Grouping(8140, _FINANCE_OUT, "8150", "Rentekostnad"),
    Grouping(8160, _FINANCE_OUT, "8160", "Valutatap (disagio)"),
    Grouping(8170, _FINANCE_OUT, "8179", "Annen finanskostnad"),
    Grouping(8300, _TAX, "8300", "Skattekostnad"),
    Grouping(8800, _RESULT, "8800", "Disponering av resultat"),
)
_FIRSTS = tuple(group.first for group in _GROUPS)
_LENGTH = 4


def grouping_of(account: str) -> Grouping:
    """By the first four digits; a shorter number is filled with zeros."""
    digits = account[:_LENGTH].ljust(_LENGTH, "0")
    number = int(digits) if digits.isascii() and digits.isdigit() else 0
    return _GROUPS[bisect_right(_FIRSTS, number) - 1]
