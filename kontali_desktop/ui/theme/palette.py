"""The palette for what Qt paints by itself."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from kontali_desktop.ui.theme.tokens import Tokens


def palette(tokens: Tokens) -> QPalette:
    """A Qt palette made of the theme's colours; what is disabled stays readable."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in (
        (role.Window, tokens.surface),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.surface_raised),
        (role.Button, tokens.surface),
        (role.ToolTipBase, tokens.surface_raised),
        (role.WindowText, tokens.text),
        (role.Text, tokens.text),
        (role.ButtonText, tokens.text),
        (role.ToolTipText, tokens.text),
        (role.BrightText, tokens.negative),
        (role.PlaceholderText, tokens.text_quiet),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Accent, tokens.accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Light, tokens.surface_raised),
        (role.Midlight, tokens.divider),
        (role.Mid, tokens.line),
        (role.Dark, tokens.line),
        (role.Shadow, tokens.line),
    ):
        made.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, tokens.text_quiet)
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, tokens.surface_control)
    made.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, tokens.text)
    return made
