"""A window that the bank's page opened: a dialog with its own address bar and the same rules."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kontali_desktop.ui.sign_in.address_bar import AddressBar
from kontali_desktop.ui.sign_in.bank_page import BankPage
from kontali_desktop.ui.sign_in.texts import SignInTexts
from kontali_desktop.ui.theme import Theme

SIZE = (520, 560)


class PopUp(QDialog):
    """It closes when the page closes it or the person does; whoever opened it throws it away."""

    def __init__(self, theme: Theme, texts: SignInTexts, page: BankPage, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = page
        self.setWindowTitle(texts.title)
        self.resize(*SIZE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        bar = AddressBar(theme, texts)
        row = QVBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(bar)
        layout.addLayout(row)
        self.view = make_view(texts, page)
        layout.addWidget(self.view, 1)
        page.urlChanged.connect(lambda url: bar.set_address(url.toString()))
        page.windowCloseRequested.connect(self.close)


def make_view(texts: SignInTexts, page: BankPage) -> QWebEngineView:
    """A view without a context menu: no saving, no source, no way back into a form."""
    view = QWebEngineView()
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    view.setAccessibleName(texts.page_name)
    view.setPage(page)
    return view
