import pytest

from cohorts import people_columns as columns
from cohorts.models import Need


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Nom", "name"),
        ("  NOM  et Prénom ", "name"),
        ("Prénom(s)", "first_name"),
        ("Langues parlées (avec des virgules)", "languages"),
        ("N° de téléphone :", "phone"),
        ("Participant·e", "name"),
        ("E-mail", "email"),
        ("Adresse e-mail", "email"),
        ("TÉL.", "phone"),
        ("Langue(s) parlée(s)", "languages"),
        ("Lit le français ?", "reads_french"),
        ("Tranche d'âge", "age_band"),
        ("Practical needs", "needs"),
        ("Structure / Ville", "organisation"),
        ("Tél / mail", None),
        ("Nationalité", None),
    ],
)
def test_header_is_found_however_it_is_written(header, field):
    assert columns.find_field(header) == field


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("Nouveaux arrivants", "newcomers"),
        ("nouvelle arrivante", "newcomers"),
        ("NEWCOMER", "newcomers"),
        ("Acteur public", "agents"),
        ("agente", "agents"),
        ("Public agents", "agents"),
        ("chef", None),
        ("", None),
    ],
)
def test_track_is_found(text, track):
    assert columns.find_track(text) == track


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Moins de 26 ans", "under_26"),
        ("<26", "under_26"),
        ("26", "26_39"),
        ("26 à 39", "26_39"),
        ("40-59", "40_59"),
        ("60 et plus", "over_59"),
        ("Non précisé", "not_stated"),
        ("18-65", None),
        ("1990-05-12", None),
        ("12/05/1990", None),
        ("jeune", None),
    ],
)
def test_age_band_is_found_and_a_birth_date_is_not_taken(text, band):
    assert columns.find_age_band(text) == band


@pytest.mark.parametrize(
    ("text", "answer"), [("Oui", True), ("x", True), ("NON", False), ("un peu", False), ("?", None)]
)
def test_yes_or_no_is_found(text, answer):
    assert columns.find_yes_or_no(text) is answer


@pytest.mark.parametrize(("text", "gender"), [("F", "woman"), ("Homme", "man"), ("vague", None)])
def test_gender_is_found(text, gender):
    assert columns.find_gender(text) == gender


def test_languages_are_found_between_any_signs():
    assert columns.find_languages("Dari, pachto et anglais / Soussou") == (
        ["fa-af", "ps", "en"],
        ["Soussou"],
    )


def test_needs_are_found_with_their_detail():
    assert columns.find_needs("interprète en dari ; garde de 2 enfants (3 et 5 ans)") == (
        {Need.Kind.INTERPRETER: "dari", Need.Kind.CHILDCARE: "garde de 2 enfants (3 et 5 ans)"},
        [],
    )


def test_needs_keep_no_reason_for_step_free_access():
    assert columns.find_needs("fauteuil roulant après un accident") == ({"step_free": ""}, [])


def test_needs_name_what_is_not_understood():
    assert columns.find_needs("repas sans porc, calme") == ({"meal": "repas sans porc"}, ["calme"])
