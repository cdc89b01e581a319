import polib
import pytest
from django.core.management import call_command

from embrace import catalogues
from embrace.catalogues import catalogue_path, strings_of, update


@pytest.fixture(autouse=True)
def project(settings, tmp_path):
    """A project of one template, one app, and a French catalogue that knows part of it."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "cohorts" / "migrations").mkdir(parents=True)
    say(tmp_path, '{% load i18n %}{% translate "Team" %}{% translate "Seats" %}')
    keep({"Team": "Équipe", "Gone": "Partie"})
    return tmp_path


def say(project, html):
    (project / "templates" / "page.html").write_text(html)


def keep(translations):
    path = catalogue_path("fr")
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = [polib.POEntry(msgid=key, msgstr=text) for key, text in translations.items()]
    catalogue = polib.POFile()
    catalogue.extend(entries)
    catalogue.save(str(path))


def kept():
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue_path("fr")))}


def test_update_adds_what_is_new_and_drops_what_is_gone():
    assert (update("fr"), kept()) == (["Seats"], {"Seats": "", "Team": "Équipe"})


def test_update_makes_a_catalogue_that_is_not_there():
    assert (update("ar"), catalogue_path("ar").exists()) == (["Seats", "Team"], True)


def test_update_twice_changes_nothing():
    update("fr")
    first = catalogue_path("fr").read_text()
    update("fr")
    assert catalogue_path("fr").read_text() == first


def test_update_asks_for_each_plural(project):
    say(
        project,
        "{% load i18n %}{% blocktranslate count n=2 %}{{ n }} seat{% plural %}{{ n }} seats"
        "{% endblocktranslate %}",
    )
    assert update("fr") == ["%(n)s seat"]
    [entry] = polib.pofile(str(catalogue_path("fr")))
    assert (entry.msgid_plural, entry.flags) == ("%(n)s seats", ["python-format"])


def test_strings_are_told_apart_by_their_context(project):
    code = project / "cohorts" / "words.py"
    code.write_text('pgettext("a place", "Cancel")\n_("Cancel")\nngettext("one", "many", 2)\n')
    assert list(strings_of(code)) == [
        ("a place", "Cancel", None),
        ("", "Cancel", None),
        ("", "one", "many"),
    ]


def test_strings_of_migrations_are_left_out(project):
    (project / "cohorts" / "migrations" / "0001_initial.py").write_text('_("Old")\n')
    assert sorted(text for _context, text in catalogues.found_strings()) == ["Seats", "Team"]


def test_update_translations_names_what_lacks_words(capsys):
    call_command("update_translations")
    assert capsys.readouterr().out == (
        "fr: 1 without translation\n  Seats\nar: 2 without translation\n  Seats\n  Team\n"
    )
