"""Contrast of every text colour on every surface it is used on (WCAG 2.2: 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from kontali_desktop.ui.theme import DARK, LIGHT, Tokens

TEXT_ON = {
    "text": (
        "surface",
        "surface_raised",
        "surface_control",
        "highlight",
        "selected",
        "mark",
    ),
    "text_quiet": ("surface", "surface_raised", "surface_control", "highlight", "selected"),
    "accent": ("surface", "surface_raised", "highlight"),
    "positive": ("surface", "surface_raised", "highlight", "positive_soft"),
    "warning": ("surface", "surface_raised", "highlight", "warning_soft"),
    "negative": ("surface", "surface_raised", "highlight", "negative_soft"),
    "on_accent": ("accent", "accent_hover"),
}
EDGE_ON = {
    "field_line": ("surface", "surface_raised"),
    "accent": ("surface", "surface_raised", "highlight", "selected"),
}


def luminance(colour: QColor) -> float:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(above, below) for above, grounds in table.items() for below in grounds]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("above", "below"), pairs(TEXT_ON))
def test_text_can_be_read(tokens: Tokens, above: str, below: str) -> None:
    assert contrast(getattr(tokens, above), getattr(tokens, below)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("above", "below"), pairs(EDGE_ON))
def test_edges_of_controls_can_be_seen(tokens: Tokens, above: str, below: str) -> None:
    assert contrast(getattr(tokens, above), getattr(tokens, below)) >= 3


def test_the_measure_itself() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#FFFFFF")) == pytest.approx(4.54, abs=0.01)
