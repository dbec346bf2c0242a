"""Every colour, size, font and icon of the window, in one place."""

from kontali_desktop.ui.theme.icons import IconName
from kontali_desktop.ui.theme.theme import Scheme, Theme, apply_theme
from kontali_desktop.ui.theme.tokens import DARK, LIGHT, Tokens, Tone

__all__ = ["DARK", "LIGHT", "IconName", "Scheme", "Theme", "Tokens", "Tone", "apply_theme"]
