"""What goes over any screen when vouchers go out, each made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontali_desktop.ui.export.flow import ExportFlow, ExportHistoryFlow
from kontali_desktop.ui.export.history_presenter import ExportHistoryPresenter
from kontali_desktop.ui.export.presenter import ExportPresenter, ExportServices

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.runtime.task_owner import TaskOwner
    from kontali_desktop.ui.main_window.window import MainWindow
    from kontali_desktop.ui.theme import Theme


def make_exporting(core: Core, theme: Theme, window: MainWindow, tasks: TaskOwner, parent: QObject) -> ExportPresenter:
    services = ExportServices(core.export, core.clients, core.documents)
    made = ExportPresenter(services, tasks, core.wording, core.clock, parent=parent)
    made.show_client(window.presenter.client_id)
    ExportFlow(theme, core.wording, window, made, core.clock.today)
    return made


def make_export_history(
    core: Core, theme: Theme, window: MainWindow, tasks: TaskOwner, parent: QObject
) -> ExportHistoryPresenter:
    made = ExportHistoryPresenter(core.export.history, core.clients, tasks, core.wording, parent=parent)
    made.show_client(window.presenter.client_id)
    ExportHistoryFlow(theme, core.wording, window, made)
    return made
