"""Nothing secret reaches the log, and nobody else can read it."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kontali_desktop.adapters.system.log_file import log_to_file, redacted

SECRET = "sikker-hemmelighet-123"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    handler = log_to_file(tmp_path / "logs")
    yield tmp_path / "logs" / "kontali.log"
    logging.getLogger().removeHandler(handler)
    logging.getLogger().setLevel(level)
    handler.close()


@pytest.mark.parametrize(
    "text",
    [
        f"GET /callback?code={SECRET}&state=x",
        f'{{"access_token": "{SECRET}", "expires_in": 3600}}',
        f"refresh_token={SECRET}",
        f"Authorization: Bearer {SECRET}",
        f"password: {SECRET}",
    ],
)
def test_secrets_are_struck_out(text: str) -> None:
    assert SECRET not in redacted(text)
    assert "[…]" in redacted(text)


def test_a_national_id_is_struck_out_and_other_numbers_stand() -> None:
    assert "21856331315" not in redacted("person 21856331315 signed in")
    assert redacted("faktura 10234, 2026-02-12, KID 1002400102302") == "faktura 10234, 2026-02-12, KID 1002400102302"


def test_what_is_written_is_redacted_with_its_trace(log: Path) -> None:
    try:
        raise ValueError(f"code={SECRET}")
    except ValueError:
        logging.getLogger("kontali").info("failed with access_token=%s", SECRET, exc_info=True)
    written = log.read_text("utf-8")
    assert "ValueError" in written
    assert SECRET not in written
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
