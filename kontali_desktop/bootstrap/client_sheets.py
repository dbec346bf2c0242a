"""The sheets about one client, by the names the menu and the settings know them by; each is made when first asked for.

A new one is a cached property here (named as in `menus.CLIENT_SHEETS`) whose presenter has `begin(client_id)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.domain.ids import ClientId, TransactionId
    from kontali_desktop.runtime.task_owner import TaskOwner
    from kontali_desktop.ui.learnt.presenter import LearntPresenter
    from kontali_desktop.ui.main_window.window import MainWindow
    from kontali_desktop.ui.own_data.presenter import OwnDataPresenter
    from kontali_desktop.ui.review.why_not import WhyNotPresenter
    from kontali_desktop.ui.rules.presenter import RulesPresenter
    from kontali_desktop.ui.shadow.presenter import ShadowPresenter
    from kontali_desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Around:
    """What the sheets need of the screens: task owners, wishes fulfilled, and a line shown in the review."""

    tasks: Callable[[], TaskOwner]
    wire: Callable[[QObject], None]
    show_line: Callable[[TransactionId], None]


class ClientSheets(QObject):
    """Over any screen of one window."""

    def __init__(self, core: Core, theme: Theme, window: MainWindow, around: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._core, self._theme, self._window, self._around = core, theme, window, around

    def begin(self, name: str, client_id: ClientId | None = None) -> None:
        """Open the sheet of this name on a client; None is the window's, and where that is all of them the first."""
        chosen = client_id if client_id is not None else self._window.presenter.client_id
        sheet = getattr(self, name, None)
        if sheet is not None:
            sheet.begin(chosen)

    @cached_property
    def learnt(self) -> LearntPresenter:
        from kontali_desktop.ui.learnt.flow import LearntFlow
        from kontali_desktop.ui.learnt.presenter import LearntPresenter, LearntServices

        core = self._core
        services = LearntServices(core.learnt_list, core.clients, core.propose)
        made = LearntPresenter(services, self._around.tasks(), core.wording, parent=self)
        self._around.wire(made)
        LearntFlow(self._theme, core.wording, self._window, made)
        return made

    @cached_property
    def shadow(self) -> ShadowPresenter:
        from kontali_desktop.ui.shadow.flow import ShadowFlow
        from kontali_desktop.ui.shadow.presenter import ShadowPresenter, ShadowServices

        core = self._core
        services = ShadowServices(core.view_shadow, core.clients)
        made = ShadowPresenter(services, self._around.tasks(), core.wording, parent=self)
        self._around.wire(made)
        made.line_wanted.connect(self._show_line)
        ShadowFlow(self._theme, core.wording, self._window, made)
        return made

    @cached_property
    def rules(self) -> RulesPresenter:
        from kontali_desktop.ui.rules.flow import RulesFlow
        from kontali_desktop.ui.rules.presenter import RulesPresenter, RulesServices

        core = self._core
        services = RulesServices(core.rules, core.clients, core.accounts, core.propose)
        made = RulesPresenter(services, self._around.tasks(), core.wording, parent=self)
        self._around.wire(made)
        RulesFlow(self._theme, core.wording, self._window, made)
        return made

    @cached_property
    def own_data(self) -> OwnDataPresenter:
        from kontali_desktop.ui.own_data.flow import OwnDataFlow
        from kontali_desktop.ui.own_data.presenter import OwnDataPresenter, OwnDataServices

        core = self._core
        services = OwnDataServices(core.own_data_test, core.clients, core.clock)
        made = OwnDataPresenter(services, self._around.tasks(), core.wording, parent=self)
        self._around.wire(made)
        made.line_wanted.connect(self._show_line)
        OwnDataFlow(self._theme, core.wording, self._window, made)
        return made

    @cached_property
    def why_not(self) -> WhyNotPresenter:
        """Of a line, not a client: its `begin` takes the transaction."""
        from kontali_desktop.ui.review.why_not import WhyNotPresenter
        from kontali_desktop.ui.review.why_not_sheet import WhyNotFlow

        core = self._core
        made = WhyNotPresenter(core.why_not, self._around.tasks(), core.wording, parent=self)
        self._around.wire(made)
        WhyNotFlow(self._theme, core.wording, self._window, made)
        return made

    def _show_line(self, transaction_id: TransactionId, client_id: ClientId) -> None:
        """Also where the window showed another client."""
        frame = self._window.presenter
        if frame.client_id not in (None, client_id):
            frame.choose_client(client_id)
        self._around.show_line(transaction_id)
