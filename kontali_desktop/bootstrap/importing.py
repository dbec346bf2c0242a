"""What goes over any screen when files come in, each made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.history_flow import HistoryFlow
from kontali_desktop.ui.import_files.history_presenter import HistoryPresenter
from kontali_desktop.ui.import_files.presenter import ImportPresenter, ImportServices

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.runtime.task_owner import TaskOwner
    from kontali_desktop.ui.main_window.window import MainWindow
    from kontali_desktop.ui.theme import Theme


def make_importing(core: Core, theme: Theme, window: MainWindow, tasks: TaskOwner, parent: QObject) -> ImportPresenter:
    services = ImportServices(core.import_files, core.propose, core.clients, core.accounts, core.import_history)
    made = ImportPresenter(services, tasks, parent=parent)
    made.show_client(window.presenter.client_id)
    ImportFlow(theme, core.wording, window, made)
    return made


def make_import_history(
    core: Core, theme: Theme, window: MainWindow, tasks: TaskOwner, parent: QObject
) -> HistoryPresenter:
    made = HistoryPresenter(core.import_history, core.clients, tasks, core.wording, parent=parent)
    made.show_client(window.presenter.client_id)
    HistoryFlow(theme, core.wording, window, made)
    return made
