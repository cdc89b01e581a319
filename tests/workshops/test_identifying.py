import pytest
from django.utils import translation

from tests.factories import (
    make_cohort,
    make_coordinator,
    make_facilitator,
    make_guest,
    make_organisation,
    make_participant,
    make_staff,
    make_user,
    make_workshop,
)
from workshops.identifying import identifying_details, names_in

pytestmark = pytest.mark.django_db


def found(text, cohort=None):
    with translation.override("en"):
        details = identifying_details(text, cohort or make_cohort())
    return [(detail.kind, detail.found) for detail in details]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Appelle le 06 39 98 01 01 demain", [("phone number", "06 39 98 01 01")]),
        ("+33 6 39 98 01 01", [("phone number", "+33 6 39 98 01 01")]),
        ("écris à amina@example.org.", [("e-mail address", "amina@example.org")]),
        ("né le 03/05/1990 à Kaboul", [("date", "03/05/1990")]),
        ("le 1er janvier 1990", [("date", "1er janvier 1990")]),
        ("born on 3 May 1990", [("date", "3 May 1990")]),
        ("1990-05-03", [("date", "1990-05-03")]),
        ("numéro 9912345678901234", [("long number", "9912345678901234")]),
        ("le bus 129, 3 fois en 2022, 15 euros", []),
    ],
)
def test_identifying_details_are_found(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", ["AMINA m'a dit", "avec Aminà, hier", "(amina)"])
def test_identifying_name_is_found_whatever_its_letters(text):
    cohort = make_cohort()
    make_participant(cohort, name="Amina Rahimi")
    [(kind, _word)] = found(text, cohort)
    assert kind == "name"


def test_identifying_name_in_another_script_is_found():
    cohort = make_cohort()
    make_participant(cohort, name="রহিম উদ্দিন")
    assert found("কাল রহিম এসেছিল", cohort) == [("name", "রহিম")]


def test_identifying_name_within_a_word_is_none():
    cohort = make_cohort()
    make_participant(cohort, name="Ali Bo")
    assert found("l'alimentation, le bo", cohort) == []


def test_identifying_names_are_everybody_s_who_may_be_in_the_room():
    cohort = make_cohort()
    make_participant(cohort, name="Amina")
    make_staff(cohort, make_user("Camille"))
    make_coordinator(cohort, make_organisation(cohort.programme), make_user("Chloe"))
    make_facilitator(make_workshop(cohort), make_user("Farid"))
    make_guest(cohort, first_name="Sami")
    make_participant(name="Elsewhere")
    assert names_in(cohort) == {"amina", "camille", "chloe", "farid", "sami"}
