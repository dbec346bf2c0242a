"""A keyring backend of the kind that must never be used: secrets in a file, for all to read."""

from __future__ import annotations

import os
from pathlib import Path

from keyring.backend import KeyringBackend


class PlainText(KeyringBackend):
    priority = 9.0

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002 - keyring's own names
        return None

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002 - as above
        Path(os.environ["PLAIN_TEXT_FILE"]).write_text(password)

    def delete_password(self, service: str, username: str) -> None:
        """Nothing kept apart."""
