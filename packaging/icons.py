"""Draws resources/icons/kontali.svg in the sizes that desktops ask for; run with .venv's Python when it changes."""

import struct
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 32, 48, 128, 256)


def main() -> None:
    application = QGuiApplication(["icons", "-platform", "offscreen"])
    renderer = QSvgRenderer(str(ICONS / "kontali.svg"))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(_picture(size)))
    _write_ico([(size, _picture(size).read_bytes()) for size in SIZES])
    application.shutdown()


def _picture(size: int) -> Path:
    return ICONS / f"kontali-{size}.png"


def _write_ico(pictures: list[tuple[int, bytes]]) -> None:
    """Windows' icon file: a directory of entries, then the pictures as they are (Qt's own writer packs none)."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries = b""
    for size, data in pictures:
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    (ICONS / "kontali.ico").write_bytes(head + entries + b"".join(data for _, data in pictures))


if __name__ == "__main__":
    main()
