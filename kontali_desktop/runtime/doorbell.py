"""How a second start of the program tells the first to show its window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT = 1000  # milliseconds


class Doorbell(QObject):
    """`rung` when another start of the program knocked. Only who holds the window's lock may listen by that name."""

    rung = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(name)  # what a program that died has left
        self._server.listen(name)

    async def close(self) -> None:
        self._server.close()

    def _on_connection(self) -> None:
        caller = self._server.nextPendingConnection()
        caller.disconnected.connect(caller.deleteLater)
        caller.disconnectFromServer()
        self.rung.emit()


def ring(name: str) -> bool:
    """Whether somebody is at home by that name, and was told; waits a second at most."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT):
        return False
    # The other end hangs up once it has heard.
    heard = socket.state() is QLocalSocket.LocalSocketState.UnconnectedState or socket.waitForDisconnected(WAIT)
    socket.close()
    return heard
