"""The web page of one sign-in: it watches every step and lets the page do nothing but be a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineDownloadRequest,
    QWebEngineLoadingInfo,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
)

from kontali_desktop.ui.sign_in.address import is_redirect, may_visit

ABORTED = -3  # Chromium's ERR_ABORTED: we refused it, or a download took its place
MakePopUp = Callable[[], "BankPage"]

ATTRIBUTES = {
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard: False,
    QWebEngineSettings.WebAttribute.JavascriptCanPaste: False,
    QWebEngineSettings.WebAttribute.AllowRunningInsecureContent: False,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls: False,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls: False,
    QWebEngineSettings.WebAttribute.NavigateOnDropEnabled: False,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled: False,
    QWebEngineSettings.WebAttribute.ScreenCaptureEnabled: False,
    QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled: False,
    QWebEngineSettings.WebAttribute.PluginsEnabled: False,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled: False,
    QWebEngineSettings.WebAttribute.ErrorPageEnabled: False,
    QWebEngineSettings.WebAttribute.WebRTCPublicInterfacesOnly: True,
}


class Failure(Enum):
    """Why there is no page to show."""

    UNREACHABLE = auto()
    CERTIFICATE = auto()
    REFUSED = auto()
    CRASHED = auto()


def make_profile(accept_language: str) -> QWebEngineProfile:
    """A profile for one attempt: nothing on disk, shared with no other, no downloads."""
    profile = QWebEngineProfile()
    profile.setHttpAcceptLanguage(accept_language)
    profile.setSpellCheckEnabled(False)
    profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
    profile.downloadRequested.connect(_refuse_download)
    return profile


class BankPage(QWebEnginePage):
    """`redirected` carries the whole address the bank led back to, which is never loaded.

    `failed` carries a `Failure` and the address that failed.
    """

    redirected = Signal(str)
    failed = Signal(object, QUrl)

    def __init__(
        self,
        profile: QWebEngineProfile,
        redirect_uri: str,
        make_pop_up: MakePopUp,
        *,
        loopback_http: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(profile, parent)
        self._redirect_uri = redirect_uri
        self._make_pop_up = make_pop_up
        self._loopback_http = loopback_http
        self._certificate_refused = False
        for attribute, value in ATTRIBUTES.items():
            self.settings().setAttribute(attribute, value)
        self.certificateError.connect(self._refuse_certificate)
        self.permissionRequested.connect(_refuse_permission)
        self.loadingChanged.connect(self._loading_changed)
        self.renderProcessTerminated.connect(self._render_process_ended)

    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        type: QWebEnginePage.NavigationType,  # noqa: A002  # Qt's own name
        isMainFrame: bool,  # noqa: FBT001, N803  # Qt's own signature
    ) -> bool:
        del type
        address = _text(url)
        if isMainFrame and is_redirect(address, self._redirect_uri):
            self.redirected.emit(address)
            return False
        if may_visit(address, loopback_http=self._loopback_http):
            return True
        # Any other scheme would open another program, which we do not; the page stays as it is.
        if isMainFrame and QUrl(url).scheme() == "http":
            self.failed.emit(Failure.REFUSED, QUrl(url))
        return False

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage:  # noqa: A002  # Qt's own name
        del type
        return self._make_pop_up()

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:  # noqa: N803  # Qt's own names
        """Not shown: Qt's own box would run a loop inside the loop."""

    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:  # noqa: N803  # Qt's own names
        del securityOrigin, msg
        return False

    def javaScriptPrompt(
        self,
        securityOrigin: QUrl | str,  # noqa: N803  # Qt's own names
        msg: str,
        defaultValue: str,  # noqa: N803  # Qt's own names
    ) -> tuple[bool, str]:
        del securityOrigin, msg, defaultValue
        return False, ""

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,  # noqa: N803  # Qt's own names
        sourceID: str,  # noqa: N803  # Qt's own names
    ) -> None:
        """Not logged: a bank's page may write there what the person typed."""

    def chooseFiles(
        self,
        mode: QWebEnginePage.FileSelectionMode,
        oldFiles: Sequence[str],  # noqa: N803  # Qt's own names
        acceptedMimeTypes: Sequence[str],  # noqa: N803  # Qt's own names
    ) -> list[str]:
        del mode, oldFiles, acceptedMimeTypes
        return []

    def _refuse_certificate(self, error: QWebEngineCertificateError) -> None:
        if error.isMainFrame():
            self._certificate_refused = True
        error.rejectCertificate()

    def _loading_changed(self, info: QWebEngineLoadingInfo) -> None:
        if info.status() == QWebEngineLoadingInfo.LoadStatus.LoadStartedStatus:
            self._certificate_refused = False
        elif info.status() == QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus and info.errorCode() != ABORTED:
            of_certificate = info.errorDomain() == QWebEngineLoadingInfo.ErrorDomain.CertificateErrorDomain
            failure = Failure.CERTIFICATE if of_certificate or self._certificate_refused else Failure.UNREACHABLE
            self.failed.emit(failure, info.url())

    def _render_process_ended(self, status: QWebEnginePage.RenderProcessTerminationStatus) -> None:
        if status != QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            self.failed.emit(Failure.CRASHED, self.url())


def _text(url: QUrl | str) -> str:
    return QUrl(url).toString(QUrl.ComponentFormattingOption.FullyEncoded)


def _refuse_download(download: QWebEngineDownloadRequest) -> None:
    download.cancel()


def _refuse_permission(permission: QWebEnginePermission) -> None:
    permission.deny()
