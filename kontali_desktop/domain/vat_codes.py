"""The standard VAT codes of SAF-T: the only ones that a client's accounts may have.

Source: Skatteetaten, "Norwegian SAF-T Standard VAT/Tax Codes"; the rates are those of Stortinget's VAT resolution since
1 October 2021 (25 %, 15 %, 12 %, and 11.11 % for raw fish).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

_HIGH, _MIDDLE, _LOW, _RAW_FISH = 2500, 1500, 1200, 1111


class Treatment(Enum):
    """Where the VAT of a code is."""

    NONE = auto()  # there is none
    INPUT = auto()  # in the amount, to be deducted
    OUTPUT = auto()  # in the amount, to be paid
    ITSELF = auto()  # the amount is VAT: paid to customs
    REVERSED = auto()  # on top of the amount, owed by the buyer, who deducts it
    REVERSED_COST = auto()  # the same without the deduction


@dataclass(frozen=True, slots=True)
class VatCode:
    """`rate` in hundredths of a percent."""

    treatment: Treatment
    rate: int = 0


_NONE = VatCode(Treatment.NONE)
STANDARD_VAT_CODES: Mapping[str, VatCode] = MappingProxyType(
    {
        **dict.fromkeys(("0", "20", "21", "22", "5", "51", "52", "6", "7", "85"), _NONE),
        "1": VatCode(Treatment.INPUT, _HIGH),
        "11": VatCode(Treatment.INPUT, _MIDDLE),
        "12": VatCode(Treatment.INPUT, _RAW_FISH),
        "13": VatCode(Treatment.INPUT, _LOW),
        "14": VatCode(Treatment.ITSELF, _HIGH),
        "15": VatCode(Treatment.ITSELF, _MIDDLE),
        "3": VatCode(Treatment.OUTPUT, _HIGH),
        "31": VatCode(Treatment.OUTPUT, _MIDDLE),
        "32": VatCode(Treatment.OUTPUT, _RAW_FISH),
        "33": VatCode(Treatment.OUTPUT, _LOW),
        "81": VatCode(Treatment.REVERSED, _HIGH),
        "82": VatCode(Treatment.REVERSED_COST, _HIGH),
        "83": VatCode(Treatment.REVERSED, _MIDDLE),
        "84": VatCode(Treatment.REVERSED_COST, _MIDDLE),
        "86": VatCode(Treatment.REVERSED, _HIGH),
        "87": VatCode(Treatment.REVERSED_COST, _HIGH),
        "88": VatCode(Treatment.REVERSED, _LOW),
        "89": VatCode(Treatment.REVERSED_COST, _LOW),
        "91": VatCode(Treatment.REVERSED, _HIGH),
        "92": VatCode(Treatment.REVERSED_COST, _HIGH),
    }
)
