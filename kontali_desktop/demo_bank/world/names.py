"""Made names and texts; any likeness to a company or a person is chance."""

from __future__ import annotations

PLACES = ("Fjord", "Nordlys", "Bryggen", "Solsiden", "Furu", "Viken", "Ekeberg", "Lykkja", "Sjøholt", "Tind", "Åsane")
TRADES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Elektro", ("Montering og arbeid", "Materiell etter ordre", "Servicebil og kjøring", "El-kontroll næring")),
    ("Rør", ("Rørleggerarbeid", "Materiell etter ordre", "Servicebil og kjøring", "Tetthetsprøving")),
    ("Tak", ("Takarbeid", "Materialer etter ordre", "Stillas og rigg", "Befaring med rapport")),
    ("Ventilasjon", ("Montering av aggregat", "Filter og deler", "Servicebil og kjøring", "Innregulering")),
)
BUSINESSES = (
    "Nordlys Bygg AS",
    "Nordlys Bygg Tromsø AS",
    "Bjørk Design AS",
    "Bjerke Design AS",
    "Havgløtt Hotell AS",
    "Sæter Eiendom AS",
    "Sæther Eiendom Holding AS",
    "Østre Kai Sameie",
    "Lillevik Barnehage SA",
    "Ålgård Mekaniske AS",
    "Grønn Gate Kaffe AS",
    "Kystfrakt Logistikk AS",
    "Midtbyen Tannlegesenter AS",
    "Rønning & Sønner AS",
    "Villa Furu Borettslag",
    "Skogkanten Skole SA",
    "Tindefjell Utstyr AS",
    "Vågen Brygge ANS",
    "Lønnegård Gartneri DA",
    "Polarsirkelen Data AS",
)
SUBSCRIBERS = (
    "Solbakken Borettslag",
    "Granlia Borettslag",
    "Elvebredden Sameie",
    "Torget Frisør AS",
    "Kaia Bakeri AS",
    "Sentrum Legekontor AS",
)
PERSONS = (
    ("Ingrid", "Bjørnstad"),
    ("Åse", "Kvam"),
    ("Mohammed", "Rahimi"),
    ("Sigurd", "Østby"),
    ("Katarzyna", "Nowak"),
    ("Liv", "Haugland"),
    ("Jonas", "Sørli"),
    ("Turid", "Aasen"),
    ("Emil", "Grødem"),
    ("Fatima", "Hussain"),
    ("Nils Petter", "Moe"),
    ("Ragnhild", "Ødegård"),
)
SPOUSES = ("Bjørn", "Marte", "Sara", "Anne", "Tomasz", "Knut", "Silje", "Olav", "Frida", "Ali", "Gro", "Henrik")
SUPPLIERS = (
    "Elgros Engros AS",
    "Kabelhuset Norge AS",
    "Vestland Kraft AS",
    "Bybil Leasing AS",
    "Kontorlageret AS",
    "Arbeidsklær Nord AS",
    "Trygghet Forsikring ASA",
    "Telefjell AS",
    "Sikker Regnskap AS",
    "Avfall Sør IKS",
    "Verktøyboden Åsane AS",
    "Stillasutleie Øst AS",
)
FOREIGN_SUPPLIERS = (
    ("Lichtwerk GmbH", "DE", "EUR"),
    ("Svenska Kabel AB", "SE", "SEK"),
    ("Cloudlane Inc.", "US", "USD"),
)
FOREIGN_CUSTOMER = ("Nordsø Anlæg ApS", "DK", "EUR")
STREETS = ("Storgata", "Kirkeveien", "Havnegata", "Skolebakken", "Industriveien", "Fjordgata", "Parkveien")
TOWNS = (("0155", "Oslo"), ("5003", "Bergen"), ("7010", "Trondheim"), ("9008", "Tromsø"), ("4006", "Stavanger"))
EMPLOYEES = ("Lønn Amalie Strand", "Lønn Piotr Zielinski", "Lønn Håkon Bø")
SHOPS = (
    "Rema Eik",
    "Circle K Sentrum",
    "Biltema Åsane",
    "Clas Ohlson 1204",
    "Kiwi 512 Torget",
    "Byggmax Nord",
    "Posten Butikk",
    "Narvesen 044",
    "Esso Ringveien",
    "Jernia Storgata",
)
CARD_SUBSCRIPTIONS = (("TELEFJELL MOBIL", 79_900), ("SKYLAGER PRO", 14_900), ("TEGNEPROGRAM ONLINE", 62_300))
BANKS = ("1503", "1594", "3201", "6012", "8601", "9710", "4202", "1720")
