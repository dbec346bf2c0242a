"""Sizes in device-independent pixels: everything stands on a grid of four."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Size(IntEnum):
    """Text sizes; LABEL is for headings in capitals and key caps only."""

    LABEL = 11
    SMALL = 12
    BODY = 13
    LARGE = 15
    TITLE = 20


class Weight(IntEnum):
    """Weights of Inter that are used."""

    REGULAR = 400
    MEDIUM = 500
    STRONG = 600


GRID: Final = 4
PAGE_MARGIN: Final = 20
CONTROL_HEIGHT: Final = 32
SMALL_CONTROL_HEIGHT: Final = 26
FIELD_HEIGHT: Final = 36
RADIUS: Final = 6
CARD_RADIUS: Final = 10
ROW_HEIGHT: Final = 30
TWO_SIDED_HEIGHT: Final = 56
HEADER_HEIGHT: Final = 28
ICON: Final = 18
SMALL_ICON: Final = 16
SIDEBAR_WIDTH: Final = 208
MOTION_MS: Final = 140
