"""The foot of the sidebar: when the bank was last asked, when next, and a link to do it now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.ui.main_window.presenter import SyncStatus
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.buttons import IconButton, LinkButton
from kontali_desktop.ui.widgets.status import StatusDot
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording


class SyncFoot(QWidget):
    """Shows a `SyncStatus`; `sync_asked` when the link is pressed, `help_asked` by the question mark."""

    sync_asked = Signal()
    help_asked = Signal()

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._dot = StatusDot(theme)
        self._plain = Label(theme, size=Size.SMALL, tone=Tone.QUIET)
        upper = QHBoxLayout()
        upper.setSpacing(4)
        upper.addWidget(self._dot)
        upper.addWidget(self._plain)
        upper.addStretch(1)
        helping = IconButton(theme, IconName.QUESTION, wording.text("menu.guide"), side=24)
        helping.setObjectName("guide_button")
        helping.setToolTip(f"{wording.text('menu.guide')} (F1)")
        helping.clicked.connect(self.help_asked)
        upper.addWidget(helping)
        layout.addLayout(upper)
        line = QHBoxLayout()
        line.setSpacing(4)
        self._next = Label(theme, size=Size.SMALL, tone=Tone.QUIET)
        self._link = LinkButton(theme, wording.text("menu.sync"), size=Size.SMALL)
        self._link.setObjectName("sync_now_link")
        self._link.setToolTip(f"{wording.text('menu.sync')} (F5)")
        self._link.clicked.connect(self.sync_asked)
        line.addWidget(self._next)
        line.addWidget(self._link)
        line.addStretch(1)
        layout.addLayout(line)

    def show_status(self, status: SyncStatus) -> None:
        has_bank = bool(status.next_text) or status.tone is not Tone.QUIET
        self._dot.setVisible(has_bank)
        self._dot.set_status(status.text, status.tone, status.exact)
        self._plain.setVisible(not has_bank)
        self._plain.setText(status.text)
        self._next.setText(status.next_text)
        self._next.setVisible(bool(status.next_text))
        self._link.setVisible(status.can_sync)
