import os

import polib
import pytest
from django.core.management import call_command


@pytest.fixture
def catalogue(settings, tmp_path):
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, [tmp_path / "locale"]
    path = tmp_path / "locale/fr/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    write(path, "atelier")
    return path


def write(path, word, at=1_000_000_000):
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="workshop", msgstr=word))
    catalogue.save(str(path))
    os.utime(path, (at, at))


def compiled_word(path):
    return polib.mofile(str(path.with_suffix(".mo"))).find("workshop").msgstr


def test_translations_are_compiled(catalogue):
    call_command("compile_translations", verbosity=0)
    assert compiled_word(catalogue) == "atelier"


def test_translations_that_did_not_change_are_left(catalogue, capsys):
    call_command("compile_translations")
    call_command("compile_translations")
    assert capsys.readouterr().out == "locale/fr/LC_MESSAGES/django.po compiled\n"


def test_translations_that_changed_are_compiled_again(catalogue):
    call_command("compile_translations", verbosity=0)
    write(catalogue, "séance", at=4_000_000_000)
    call_command("compile_translations", verbosity=0)
    assert compiled_word(catalogue) == "séance"


def test_nothing_half_written_is_left(catalogue):
    call_command("compile_translations", verbosity=0)
    assert sorted(path.name for path in catalogue.parent.iterdir()) == ["django.mo", "django.po"]
