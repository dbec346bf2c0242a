"""Inter, from the package that carries it; figures of one width where amounts stand below one another."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

from kontali_desktop.ui.theme.metrics import Size, Weight

FILE_NAME = "Inter[opsz,wght].ttf"
OPTICAL_SIZE = 14  # the letters made for reading; 32 would be those for posters
SPACING = 0.06  # between capitals, of their size


class Fonts:
    """Fonts by size and weight, each made once."""

    def __init__(self) -> None:
        """Load Inter into the application; without its file the platform's own font is used."""
        path = files("fontpkg_inter").joinpath("files", FILE_NAME)
        handle = QFontDatabase.addApplicationFont(str(path))
        families = QFontDatabase.applicationFontFamilies(handle) if handle >= 0 else []
        self._family = families[0] if families else QFont().family()
        self._made: dict[tuple[int, int, bool, bool], QFont] = {}

    @property
    def family(self) -> str:
        """The name of the family in use."""
        return self._family

    def get(self, size: Size, weight: Weight, *, figures: bool, spaced: bool) -> QFont:
        """`figures` makes all digits equally wide, `spaced` lets capitals stand apart.

        Running text does without: Inter's tabular set widens the hyphen too.
        """
        key = (int(size), int(weight), figures, spaced)
        if key not in self._made:
            self._made[key] = self._make(int(size), int(weight), figures=figures, spaced=spaced)
        return self._made[key]

    def _make(self, size: int, weight: int, *, figures: bool, spaced: bool) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        # Qt takes a variable font's first instance for every weight; the axis must be set as well.
        font.setVariableAxis(QFont.Tag("wght"), weight)
        font.setVariableAxis(QFont.Tag("opsz"), OPTICAL_SIZE)
        if figures:
            font.setFeature(QFont.Tag("tnum"), 1)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if spaced:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, SPACING * size)
        return font
