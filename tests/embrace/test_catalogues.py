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


def placeholders(text):
    return sorted(part.split(")")[0] for part in text.split("%(")[1:])
