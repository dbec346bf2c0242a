"""Both languages are complete and alike, and the program reads of them what gettext's own tools read."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.wording.catalogue import Catalogue, CatalogueBroken, read_catalogue
from kontali_desktop.wording.texts import LANGUAGES, TextMissing
from kontali_desktop.wording.wording import Wording


def _path(language: str) -> Path:
    return resource_path("locale") / language / "LC_MESSAGES" / "kontali.po"


def _catalogue(language: str) -> Catalogue:
    return read_catalogue(_path(language))


def _facts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    nb, en = _catalogue("nb"), _catalogue("en")
    assert nb.texts.keys() ^ en.texts.keys() == set()
    assert nb.plurals.keys() ^ en.plurals.keys() == set()
    assert nb.texts.keys() & nb.plurals.keys() == set()


def test_both_languages_have_the_same_facts() -> None:
    nb, en = _catalogue("nb"), _catalogue("en")
    assert [key for key, text in nb.texts.items() if _facts(text) != _facts(en.texts[key])] == []
    for key, forms in nb.plurals.items():
        # "one" may leave the number out: "The file was refused."
        assert _facts(forms[1]) == _facts(en.plurals[key][1]), key
        assert _facts(forms[0]) | {"count"} == _facts(en.plurals[key][0]) | {"count"}, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_loose_at_its_ends(language: str) -> None:
    catalogue = _catalogue(language)
    sentences = [*catalogue.texts.values(), *(form for forms in catalogue.plurals.values() for form in forms)]
    assert len(sentences) > 100
    assert [text for text in sentences if not text or text != text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_reads_what_babel_reads(language: str) -> None:
    with _path(language).open("rb") as file:
        theirs = read_po(file, locale=language, abort_invalid=True)
    ours = _catalogue(language)
    assert theirs.num_plurals == 2
    assert theirs.plural_expr == "(n != 1)"
    assert not theirs.fuzzy
    found = {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in theirs if m.id}
    assert found == {**ours.texts, **ours.plurals}
    assert list(theirs.check()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    lines = _path(language).read_text(encoding="utf-8").splitlines()
    keys = [line for line in lines if line.startswith("msgid ")]
    assert sorted(set(keys)) == sorted(keys)


def test_values_over_several_lines_escapes_and_comments_are_read(tmp_path: Path) -> None:
    path = tmp_path / "kontali.po"
    path.write_text(
        '# words\nmsgid ""\nmsgstr "Language: nb\\n"\n\n#: place\nmsgid "a.b"\nmsgstr ""\n"one \\"two\\"\\n"\n'
        '"three \\\\"\n\n'
        'msgid "a.c"\nmsgid_plural "a.c"\nmsgstr[0] "{count} day"\nmsgstr[1] "{count} "\n"days"\n\n#~ msgid "old"\n',
        encoding="utf-8",
    )
    assert read_catalogue(path) == Catalogue({"a.b": 'one "two"\nthree \\'}, {"a.c": ("{count} day", "{count} days")})


@pytest.mark.parametrize("line", ['msgid "a', "msgstr a", 'msgctxt "x"', 'msgstr[2] "x"', '"before any key"'])
def test_what_is_no_catalogue_is_named_by_its_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "kontali.po"
    path.write_text(f"# first\n{line}\n", encoding="utf-8")
    with pytest.raises(CatalogueBroken, match="line 2"):
        read_catalogue(path)


def test_a_missing_key_or_fact_is_a_fault(wording: Wording) -> None:
    with pytest.raises(TextMissing, match=r"no\.such\.key"):
        wording.text("no.such.key")
    with pytest.raises(TextMissing, match=r"no\.such\.key"):
        wording.plural("no.such.key", 2)
    with pytest.raises(TextMissing, match=r"sign_in\.title: bank"):
        wording.text("sign_in.title")


def test_plurals(nb: Wording, en: Wording) -> None:
    assert [nb.plural("sync.transactions", n) for n in (0, 1, 1234)] == [
        "0 transaksjoner",
        "1 transaksjon",
        "1\u00a0234 transaksjoner",
    ]
    assert [en.plural("sync.transactions", n) for n in (0, 1, 2)] == [
        "0 transactions",
        "1 transaction",
        "2 transactions",
    ]
