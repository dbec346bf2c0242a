"""The log file in the data directory, from which everything secret is struck out before it is written."""

from __future__ import annotations

import logging
import re
from pathlib import Path

_MOST_BYTES = 2_000_000
_KEPT = 5
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
STRUCK = "[…]"
_SECRETS = (
    # OAuth: tokens, codes, verifiers and keys in queries, forms and JSON.
    re.compile(
        r"(?i)(\b(?:access_token|refresh_token|id_token|code|state|code_verifier|client_secret|password|api[_-]?key)\b"
        r"[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,}]+"
    ),
    re.compile(r"(?i)(\b(?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]{8,}"),
    # A national identity number: eleven digits with a plausible day and month, the synthetic series included.
    re.compile(r"()(?<!\d)[0-7]\d(?:[0189]\d|[4-5]\d)\d{7}(?!\d)"),
)


def redacted(text: str) -> str:
    """Secrets and identity numbers struck out. Some account numbers go with them: better than the reverse."""
    for secret in _SECRETS:
        text = secret.sub(rf"\1{STRUCK}", text)
    return text


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def log_to_file(folder: Path) -> logging.Handler:
    """Write the log to `folder`, readable by its owner alone; the caller removes the handler at the end."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - the window is painted before it is needed

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "kontali.log"
    path.touch(mode=0o600)
    handler = RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(_Redacting(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for chatty in ("httpx", "httpcore", "alembic", "asyncio", "qasync"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return handler
