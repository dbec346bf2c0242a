"""What can go wrong outside the program, named by the fact."""

from __future__ import annotations

from kontali_desktop.domain.errors import KontaliError


class OutsideError(KontaliError):
    """Something outside the program failed; what was stored before still stands."""

    code = "outside_error"


class ServiceUnreachable(OutsideError):
    """Offline, no such host, a time-out, a broken answer: old data stays. Parameters: service."""

    code = "service_unreachable"


class ServiceRefused(OutsideError):
    """The service answered and said no. Parameters: service, status (HTTP), and reason where it gave one."""

    code = "service_refused"


class AccessTokenRefused(ServiceRefused):
    """The bank wants a newer access token than the one it gave; a refresh mends it. Parameters: service, status."""

    code = "access_token_refused"


class RateLimited(ServiceRefused):
    """The bank's limit on calls is reached. Parameters: service, status, retry_after (seconds, 0 where not told)."""

    code = "rate_limited"


class AnswerNotUnderstood(OutsideError):
    """The service's answer is not what its interface promises. Parameters: service, where."""

    code = "answer_not_understood"


class SignInRequired(OutsideError):
    """The refresh token is dead; the person must sign in again. Parameters: service."""

    code = "sign_in_required"


class ConsentExpired(OutsideError):
    """The PSD2 consent has run out or was withdrawn. Parameters: service, consent."""

    code = "consent_expired"


class SignInAborted(OutsideError):
    """The person closed the sign-in or said no at the bank; not an error banner. Parameters: service."""

    code = "sign_in_aborted"


class SignInTimedOut(OutsideError):
    """Nobody came back from the bank in time. Parameters: service, seconds."""

    code = "sign_in_timed_out"


class SignInNotOurs(OutsideError):
    """The returned address has a state or issuer that is not ours; it is thrown away. Parameters: service, what."""

    code = "sign_in_not_ours"


class SignInFailed(OutsideError):
    """The bank sent the person back with an error (RFC 6749 section 4.1.2.1). Parameters: service, reason."""

    code = "sign_in_failed"


class OtherBrowserWanted(OutsideError):
    """The person chose to go on in the system browser; this attempt is void, a new one begins."""

    code = "other_browser_wanted"


class KeychainUnavailable(OutsideError):
    """The keychain is missing, locked or refusing. Nothing is stored elsewhere. Parameters: reason."""

    code = "keychain_unavailable"


class NoAccountsChosen(OutsideError):
    """The consent covers no account, or none was chosen. Parameters: service."""

    code = "no_accounts_chosen"


class BankNotConfigured(OutsideError):
    """Settings that the bank needs are missing. Parameters: service, missing."""

    code = "bank_not_configured"


class SyncCancelled(OutsideError):
    """The person stopped the fetch; nothing of it was stored."""

    code = "sync_cancelled"


class ConnectionBusy(OutsideError):
    """Another process of the program holds the connection. Parameters: connection."""

    code = "connection_busy"


class AlreadyOpen(OutsideError):
    """Another window of the program is open over the same data directory. Parameters: path."""

    code = "already_open"


class StorageDamaged(OutsideError):
    """The database file does not pass its own check. Parameters: path, detail."""

    code = "storage_damaged"


class StorageTooNew(OutsideError):
    """The database was written by a newer program. Parameters: found, known."""

    code = "storage_too_new"


class StorageUnwritable(OutsideError):
    """The data directory cannot be written, or the disk is full. Parameters: path, detail."""

    code = "storage_unwritable"


class FileNotUnderstood(OutsideError):
    """A file, or a row of it, cannot be read. Parameters: where, why (a reason code), and what fills that reason.

    `format` is set where the whole file is meant and that much of it was known.
    """

    code = "file_not_understood"
    format: str = ""


class FileNotWritten(OutsideError):
    """A file could not be saved where the person wants it. Parameters: path, detail."""

    code = "file_not_written"


class AttachmentNotOpened(OutsideError):
    """A copy to look at could not be written. Parameters: name, detail."""

    code = "attachment_not_opened"
