"""Letters in every encoding that Norwegian files have had, and the ways they were spoilt since."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.text import decoded

TEXT = "Kjøp på Åsen – Ærlig Bjørk"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_each_encoding(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


def test_the_letters_of_dos() -> None:
    text = "Betaling på Gjøvik fra Sjöström og Fjærland"
    assert decoded(text.encode("cp865")) == text
    assert decoded(b"Inn p\x86 konto") == "Inn på konto"


@pytest.mark.parametrize(
    "text", ["Kunde \u201cAS\u201d Oslo", "Brand\u2122 kjede", "Ola\u2019s", "A \u2020 B", "kafé \u201cÅ\u201d"]
)
def test_quotes_and_signs_of_windows_are_no_letters_of_dos(text: str) -> None:
    assert decoded(text.encode("cp1252")) == text


def test_what_was_encoded_twice_gets_its_letters_back() -> None:
    for encoding in ("cp1252", "latin-1"):
        assert decoded("Kjøp på Sjå".encode().decode(encoding).encode()) == "Kjøp på Sjå"


@given(st.text("abcæøåÆØÅäöé ;,.'\"0123456789", max_size=40), st.sampled_from(["utf-8", "cp1252", "latin-1"]))
def test_any_norwegian_text(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text or (encoding != "utf-8" and _may_be_utf_8(text.encode(encoding)))


def _may_be_utf_8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return data[1:2] == b"\0" or data[:1] == b"\0"
    return True
