"""`settings.toml`: what a person wrote is never lost, and no secret is read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kontali_desktop.adapters.settings.store import TomlSettings
from kontali_desktop.services.errors import StorageUnwritable


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_what_is_set_is_there_the_next_time(file: Path) -> None:
    TomlSettings(file, {}).set("language", "en")
    TomlSettings(file, {}).set("dnb.client_id", 'a "b"\\ø')
    again = TomlSettings(file, {})
    assert (again.get("language"), again.get("dnb.client_id")) == ("en", 'a "b"\\ø')


def test_two_writers_keep_each_other_s_values(file: Path) -> None:
    first, second = TomlSettings(file, {}), TomlSettings(file, {})
    first.set("language", "en")
    second.set("theme", "dark")
    assert TomlSettings(file, {}).get("language") == "en"


def test_the_environment_goes_first(file: Path) -> None:
    TomlSettings(file, {}).set("dnb.client_id", "file")
    given = TomlSettings(file, {"KONTALI_DNB__CLIENT_ID": "ours", "DNB_API_KEY": "key"})
    assert given.get("dnb.client_id") == "ours"
    assert given.bank_values("dnb") == {"DNB_CLIENT_ID": "ours", "DNB_API_KEY": "key"}
    assert given.variable("dnb.client_id") == "KONTALI_DNB__CLIENT_ID"


def test_a_file_that_a_person_broke_counts_as_empty_and_is_kept(file: Path) -> None:
    file.write_text('language = "en"\n[dnb\nclient_id = "abc"\n', "utf-8")
    settings = TomlSettings(file, {})
    assert settings.get("language", "nb") == "nb"
    settings.set("theme", "dark")
    assert "abc" in file.with_suffix(".toml.broken").read_text("utf-8")
    assert TomlSettings(file, {}).get("theme") == "dark"


def test_a_secret_in_the_file_is_not_read(file: Path) -> None:
    file.write_text('[dnb]\nclient_id = "abc"\nclient_secret = "s"\napi_key = "k"\n', "utf-8")
    assert TomlSettings(file, {}).bank_values("dnb") == {"DNB_CLIENT_ID": "abc"}


def test_a_directory_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(StorageUnwritable):
        TomlSettings(tmp_path / "nowhere" / "settings.toml", {}).set("theme", "dark")
