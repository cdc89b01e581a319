import re

import polib
import pytest

from embrace.catalogues import TRANSLATED, catalogue_path, found_strings, is_complete


@pytest.fixture(scope="module")
def strings():
    return found_strings()


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_translates_every_string(language, strings):
    entries = polib.pofile(str(catalogue_path(language)))
    done = {(entry.msgctxt or "", entry.msgid) for entry in entries if is_complete(entry)}
    assert sorted(set(strings) - done) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_keeps_placeholders(language):
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(catalogue_path(language)))
        if not entry.msgid_plural and placeholders(entry.msgid) != placeholders(entry.msgstr)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "other_word", ["الموظف", "موظفون", "الابتكار", "كل فريق", "للفريقين", "مسودة"]
)
def test_arabic_uses_one_word_for_one_thing(other_word):
    entries = polib.pofile(str(catalogue_path("ar")))
    texts = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if other_word in text] == []


def test_french_keeps_its_signs_with_their_word():
    entries = polib.pofile(str(catalogue_path("fr")))
    texts = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if re.search(r" [:;?!»]|« ", text)] == []


def placeholders(text):
    return sorted(part.split(")")[0] for part in text.split("%(")[1:])
