"""The window: sidebar, screens, notices, keys, files dropped in. It knows no screen, and gets them from outside."""

from kontali_desktop.ui.main_window.presenter import SyncStatus, WindowPresenter
from kontali_desktop.ui.main_window.window import MainWindow, Screen

__all__ = ["MainWindow", "Screen", "SyncStatus", "WindowPresenter"]
