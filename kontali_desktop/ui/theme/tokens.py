"""The colours of the light and the dark theme, by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor


class Tone(StrEnum):
    """What a piece of text means; the theme says which colour that is."""

    TEXT = "text"
    QUIET = "quiet"
    ACCENT = "accent"
    POSITIVE = "positive"
    WARNING = "warning"
    NEGATIVE = "negative"
    ON_ACCENT = "on-accent"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours; text tokens reach 4.5:1 on every surface they are used on."""

    dark: bool
    surface: QColor  # the page
    surface_raised: QColor  # sidebar, cards, headings, detail
    surface_control: QColor  # key caps and pressed buttons
    line: QColor  # edges of buttons and cards
    divider: QColor  # between rows
    field_line: QColor  # edges of what can be typed in, 3:1
    text: QColor
    text_quiet: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    positive: QColor
    warning: QColor
    negative: QColor
    positive_soft: QColor  # behind a pill's text
    warning_soft: QColor
    negative_soft: QColor
    highlight: QColor  # the current row
    selected: QColor  # the chosen chip or screen
    mark: QColor  # behind characters that agree
    scroll: QColor
    shade: QColor  # over the window behind a sheet

    def of(self, tone: Tone) -> QColor:
        """The colour of text with this meaning."""
        return {
            Tone.TEXT: self.text,
            Tone.QUIET: self.text_quiet,
            Tone.ACCENT: self.accent,
            Tone.POSITIVE: self.positive,
            Tone.WARNING: self.warning,
            Tone.NEGATIVE: self.negative,
            Tone.ON_ACCENT: self.on_accent,
        }[tone]


LIGHT = Tokens(
    dark=False,
    surface=QColor("#FFFFFF"),
    surface_raised=QColor("#F6F8F9"),
    surface_control=QColor("#EEF1F3"),
    line=QColor("#DDE3E8"),
    divider=QColor("#DDE3E8"),
    field_line=QColor("#87919B"),
    text=QColor("#17202A"),
    text_quiet=QColor("#556270"),
    accent=QColor("#0B7A6C"),
    accent_hover=QColor("#096558"),
    on_accent=QColor("#FFFFFF"),
    positive=QColor("#18794E"),
    warning=QColor("#8A5A00"),
    negative=QColor("#B42318"),
    positive_soft=QColor("#E0F6EB"),
    warning_soft=QColor("#FEF4DE"),
    negative_soft=QColor("#FDECEA"),
    highlight=QColor("#E9F5F3"),
    selected=QColor("#E0ECEC"),
    mark=QColor("#C6DEDD"),
    scroll=QColor("#BEC3C9"),
    shade=QColor(20, 22, 26, 120),
)

DARK = Tokens(
    dark=True,
    surface=QColor("#151A20"),
    surface_raised=QColor("#1A2028"),
    surface_control=QColor("#252D38"),
    line=QColor("#454F5C"),
    divider=QColor("#2C3541"),
    field_line=QColor("#6B7682"),
    text=QColor("#EEF2F6"),
    text_quiet=QColor("#A8B4C0"),
    accent=QColor("#1DB6A0"),
    accent_hover=QColor("#33C8B3"),
    on_accent=QColor("#06211D"),
    positive=QColor("#26B870"),
    warning=QColor("#F5B724"),
    negative=QColor("#F27272"),
    positive_soft=QColor("#18332D"),
    warning_soft=QColor("#363120"),
    negative_soft=QColor("#38262C"),
    highlight=QColor("#1F2C33"),
    selected=QColor("#1A3337"),
    mark=QColor("#1C4A4A"),
    scroll=QColor("#4D555D"),
    shade=QColor(0, 0, 0, 150),
)
