"""Pictures of the window, to be looked at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget


def save_picture(window: QWidget, folder: Path, name: str) -> None:
    picture = window.grab()
    assert picture.save(str(folder / f"{name}-{picture.devicePixelRatio():g}x.png"))
