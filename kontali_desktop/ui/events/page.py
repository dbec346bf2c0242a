"""Hendelser: the event log."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.events.presenter import EventsPresenter
from kontali_desktop.ui.events.rows import Group
from kontali_desktop.ui.listing.page import TableLook, TablePage
from kontali_desktop.ui.listing.presenter import ALL
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.wording.wording import Wording


class EventsPage(TablePage):
    """Nothing can be done here but looking."""

    name = "events"

    def __init__(
        self, theme: Theme, wording: Wording, presenter: EventsPresenter, parent: QWidget | None = None
    ) -> None:
        look = TableLook((ALL, *Group), stretch="what", icon=IconName.CLOCK_HISTORY)
        super().__init__(theme, wording, presenter, look, parent=parent)
