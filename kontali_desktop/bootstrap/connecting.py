"""What goes over any screen when a bank is connected, made when the first one is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kontali_desktop.bootstrap.agents import agents
from kontali_desktop.services.clients import NewClient
from kontali_desktop.ui.connect.flow import ConnectFlow
from kontali_desktop.ui.connect.presenter import ConnectPresenter, ConnectServices

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.runtime.task_owner import TaskOwner
    from kontali_desktop.ui.main_window.window import MainWindow
    from kontali_desktop.ui.theme import Theme


def make_connecting(
    core: Core, theme: Theme, window: MainWindow, tasks: TaskOwner, parent: QObject
) -> ConnectPresenter:
    services = ConnectServices(
        core.connect,
        core.synchronise,
        core.banks,
        core.clients,
        core.overview,
        partial(_demo_company, core),
        partial(_is_demo, core),
    )
    made = ConnectPresenter(services, agents(core, theme, lambda: window), tasks, parent=parent)
    ConnectFlow(theme, core.wording, window, made)
    return made


async def _demo_company(core: Core) -> NewClient | None:
    """So that nobody has to know a made company's number; None where the demo bank is not this program's child."""
    bank = core.sandbox.details
    return NewClient(bank.company_orgnr, bank.company_name) if bank is not None else None


def _is_demo(core: Core) -> bool:
    """Whether the demo bank is what is being tried: it runs already."""
    return core.sandbox.details is not None or bool(core.environment.get("KONTALI_DEMO_BANK_URL"))
