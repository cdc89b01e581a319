import pytest
from django.utils import translation

from cohorts.models import Phase
from cohorts.translated import Translated, TranslatedFormField
from tests.factories import make_cohort, make_phase


def test_translated_prints_in_the_active_language():
    text = Translated(fr="Atelier", en="Workshop")
    with translation.override("en"):
        assert str(text) == "Workshop"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ({"fr": "Atelier", "en": "Workshop"}, "Atelier"),
        ({"en": "Workshop"}, "Workshop"),
        ({}, ""),
    ],
)
def test_translated_falls_back(text, shown):
    with translation.override("ar"):
        assert str(Translated(text)) == shown


def test_translated_says_which_language_it_shows():
    with translation.override("ar"):
        assert Translated(en="Workshop").lang == "en"


def test_translated_is_false_when_empty():
    assert not Translated(fr="")


@pytest.mark.django_db
def test_translated_field_keeps_only_filled_languages():
    phase = make_phase(make_cohort(), name={"fr": "Formation", "en": ""})
    assert Phase.objects.get(pk=phase.pk).name == Translated(fr="Formation")


def test_translated_form_field_reads_one_input_per_language():
    assert TranslatedFormField().clean(["Formation", "", ""]) == {"fr": "Formation"}
