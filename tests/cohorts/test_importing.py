import pytest
from django.core.exceptions import ValidationError

from cohorts.importing import People, plan_import, read_people
from cohorts.models import Organisation, Participant, User
from tests.factories import (
    NOW,
    make_cohort,
    make_organisation,
    make_participant,
    make_programme,
    make_user,
)
from tests.spreadsheets import csv, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LONG_EMAIL = f"{'a' * 250}@example.org"  # more than is stored
HEADERS = ["Nom", "Groupe", "E-mail", "Téléphone"]


@pytest.fixture
def cohort():
    return make_cohort()


def planned(cohort, *rows, headers=HEADERS):
    return plan_import(cohort, read_people(xlsx(headers, *rows), "people.xlsx"))


def one(cohort, *cells, headers=HEADERS):
    [row] = planned(cohort, list(cells), headers=headers).rows
    return row


def outcomes(plan):
    return [row.outcome for row in plan.rows]


# --- Reading ----------------------------------------------------------------------------------


def test_people_are_read_below_a_title_and_with_any_headers():
    people = read_people(csv(["Liste"], ["Pays", "PRENOM", "Nom "], ["x", "Zoé", "Ba"]), "a.csv")
    assert [(row.number, row.cells["name"]) for row in people.rows] == [(3, "Zoé Ba")]
    assert people.ignored == ["Pays"]


def test_people_are_read_from_the_sheet_that_has_names():
    workbook = xlsx(["Lisez-moi"])
    with pytest.raises(ValidationError) as error:
        read_people(workbook, "people.xlsx")
    assert error.value.messages == [
        "No column holds names. The first row of the file says: Lisez-moi."
    ]


def test_cells_that_say_not_stated_are_empty(cohort):
    headers = [*HEADERS, "Genre", "Tranche d'âge", "Besoins"]
    row = one(cohort, "Zoé Ba", "agent", *["Non précisé"] * 5, headers=headers)
    assert (row.outcome, row.notes, row.problems) == ("new", [], [])


def test_people_need_a_row_below_the_headers():
    with pytest.raises(ValidationError) as error:
        read_people(csv(["Nom", "Groupe"], [" ", "-"]), "people.csv")
    assert error.value.messages == ["This file has headers, but nobody below them."]


def test_people_without_a_group_take_the_one_given():
    people = read_people(csv(["Nom"], ["Amina"]), "people.csv", track="newcomers")
    assert people.rows[0].cells["track"] == "newcomers"


def test_people_outlast_being_put_away_between_preview_and_writing():
    people = read_people(csv(["Nom", "Pays"], ["Amina", "x"]), "people.csv")
    assert People.from_data(people.as_data()) == people


# --- Understanding ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["06 39 98 01 01", "0639980101", "+33 6 39 98 01 01", "639980101.0", "06.39.98.01.01"]
)
def test_row_takes_a_phone_however_it_was_written(cohort, typed):
    assert one(cohort, "Amina", "newcomers", "", typed).phone == "+33639980101"


def test_row_takes_a_phone_that_the_spreadsheet_made_a_number(cohort):
    assert one(cohort, "Amina", "newcomers", "", 639980101.0).phone == "+33639980101"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["", "newcomers", "a@example.org"], "The name is missing."),
        (["😀", "newcomers"], "The name is missing."),
        (["a" * 201, "newcomers"], "The name is too long: at most 200 characters."),
        (
            ["@SUM(A1)", "newcomers"],
            "“@SUM(A1)” begins like a formula: take its first sign away.",
        ),
        (["Amina", ""], "The group is missing: newcomers or public agents."),
        (["Amina", "chef"], "This group is unknown: chef. Write newcomers or public agents."),
        (["Amina", "newcomers", "amina at home"], "This is not an e-mail: amina at home"),
        (["Amina", "newcomers", LONG_EMAIL], f"This is not an e-mail: {LONG_EMAIL}"),
        (["Amina", "newcomers", "", "12"], "This is not a phone number: 12"),
    ],
)
def test_row_with_a_problem_says_it(cohort, cells, problem):
    row = one(cohort, *cells)
    assert (row.outcome, row.problems) == ("problem", [problem])


@pytest.mark.parametrize("name", ["A", "李", "أمينة يوسف", "Amina 🌻", "a" * 200])
def test_row_takes_any_real_name(cohort, name):
    row = one(cohort, name, "newcomers")
    assert (row.outcome, row.name) == ("new", name)


def test_row_notes_what_it_leaves_out(cohort):
    headers = ["Nom", "Groupe", "Langues", "Tranche d'âge", "Langue de contact"]
    row = one(cohort, "Amina", "newcomers", "Dari, Soussou", "1990-01-01", "Dari", headers=headers)
    assert (row.languages, row.age_band, row.notes) == (
        ["fa-af"],
        "not_stated",
        [
            "Not understood, and left out: Soussou.",
            "The screens do not exist in Dari; French is used.",
            "Not understood, and left out: 1990-01-01.",
        ],
    )


# --- Matching ---------------------------------------------------------------------------------


def test_plan_finds_new_people(cohort):
    plan = planned(cohort, ["Amina", "newcomers"], ["Bruno", "agents"])
    assert outcomes(plan) == ["new", "new"]


@pytest.mark.parametrize(
    "cells",
    [
        ["Karimi Amina", "newcomers", "AMINA@example.org", ""],
        ["Amina Karimi", "newcomers", "", "0639980101"],
        ["AMINA  KARIMI", "newcomers", "", ""],
    ],
)
def test_plan_finds_somebody_who_is_there(cohort, cells):
    user = make_user("Amina Karimi", email="amina@example.org", phone="0639980101")
    person = make_participant(cohort, user=user)
    row = one(cohort, *cells)
    assert (row.outcome, row.participant, row.changes) == ("same", person, {})


def test_plan_finds_an_account_of_the_programme(cohort):
    other = make_cohort(cohort.programme)
    user = make_participant(other, user=make_user("Amina", email="amina@example.org")).user
    row = one(cohort, "Amina", "newcomers", "amina@example.org")
    assert (row.outcome, row.user, len(row.notes)) == ("new", user, 1)


def test_plan_tells_nothing_of_an_account_elsewhere(cohort):
    make_user("Secret Name", email="amina@example.org")
    row = one(cohort, "Amina", "newcomers", "amina@example.org")
    assert (row.outcome, row.user, row.problems) == (
        "problem",
        None,
        [
            "This e-mail or phone cannot be used here: "
            "ask the person to sign in with it, or leave it empty."
        ],
    )


def test_plan_does_not_look_for_a_name_in_another_cohort(cohort):
    make_participant(make_cohort(cohort.programme), name="Amina")
    assert one(cohort, "Amina", "newcomers").user is None


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["Karim", "newcomers", "", "0639980101"], "This e-mail or phone is that of Amina Karimi."),
        (
            ["Amina Karimi", "newcomers", "bruno@example.org", "0639980101"],
            "Its e-mail and its phone belong to two different people.",
        ),
        (["Amina", "agents", "", "0639980101"], "This person is in the other group here."),
        (
            ["Amina Karimi", "newcomers", "", "0639980102"],
            "Somebody of this name is here, with another e-mail or phone. "
            "If they are two people, leave this one out and add them by hand.",
        ),
    ],
)
def test_plan_asks_about_what_is_at_odds_with_somebody_there(cohort, cells, problem):
    amina = make_user("Amina Karimi", email=None, phone="0639980101")
    make_participant(cohort, user=amina)
    make_participant(cohort, user=make_user("Bruno", email="bruno@example.org"))
    assert one(cohort, *cells).problems == [problem]


@pytest.mark.parametrize("name", ["Amina Karimi", "Bruno"])
def test_plan_says_one_thing_of_contacts_of_two_people(cohort, name):
    make_participant(cohort, user=make_user("Amina Karimi", email=None, phone="0639980101"))
    make_participant(cohort, user=make_user("Bruno", email="bruno@example.org"))
    row = one(cohort, name, "newcomers", "bruno@example.org", "0639980101")
    assert row.problems == ["Its e-mail and its phone belong to two different people."]


def test_plan_asks_which_of_two_people_of_one_name(cohort):
    make_participant(cohort, name="Amina"), make_participant(cohort, name="Amina")
    assert one(cohort, "Amina", "newcomers").problems == [
        "Several people here have this name: add an e-mail or a phone."
    ]


def test_plan_finds_one_person_on_two_rows(cohort):
    plan = planned(
        cohort, ["Amina Karimi", "newcomers", "", "0639980101"], ["amina karimi", "newcomers"]
    )
    assert [(row.outcome, row.same_as) for row in plan.rows] == [("new", None), ("repeat", 2)]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (
            ["Karim", "newcomers", "", "0639980101"],
            "Row 2 has the same e-mail or phone, for Amina Karimi.",
        ),
        (["Amina", "agents", "", "0639980101"], "Row 2 puts this person in the other group."),
        (
            ["Amina Karimi", "newcomers", "", "0639980102"],
            "Row 2 has the same name with another e-mail or phone. "
            "If they are two people, leave this one out and add them by hand.",
        ),
    ],
)
def test_plan_asks_about_two_rows_at_odds(cohort, cells, problem):
    plan = planned(cohort, ["Amina Karimi", "newcomers", "", "0639980101"], cells)
    assert (outcomes(plan), plan.rows[1].problems) == (["new", "problem"], [problem])


def test_plan_says_what_would_change(cohort):
    city = make_organisation(cohort.programme, name="Montreuil")
    user = make_user("Amina", email=None, phone=None)
    make_participant(cohort, user=user, languages=["fr"], organisation=city, function="juriste")
    headers = [*HEADERS, "Langues", "Organisation", "Fonction", "Genre"]
    cells = ["Amina", "newcomers", "amina@example.org", "", "dari", "MONTREUIL", "", "F"]
    assert one(cohort, *cells, headers=headers).changes == {
        "email": ("", "amina@example.org"),
        "languages": (["fr"], ["fr", "fa-af"]),
        "gender": ("not_stated", "woman"),
    }


def test_plan_never_shows_a_gender(cohort):
    make_participant(cohort, name="Amina")
    row = one(cohort, "Amina", "newcomers", "F", headers=["Nom", "Groupe", "Genre"])
    assert row.shown_changes == [{"label": "gender", "before": "", "after": "stated"}]


def test_plan_leaves_the_contacts_of_somebody_with_a_role(cohort, staff):
    user = make_user("Amina", email=None)
    make_participant(cohort, user=user)
    cohort.appointments.create(user=user, role="staff")
    row = one(cohort, "Amina", "newcomers", "taken@example.org")
    assert (row.changes, row.notes) == ({}, ["The e-mail or phone that is there stays."])


def test_plan_makes_the_same_queries_for_many_rows(cohort, django_assert_num_queries):
    for number in range(30):
        make_participant(cohort, name=f"Person {number}")
    people = read_people(xlsx(HEADERS, *([f"Person {n}", "newcomers"] for n in range(60))), "a")
    with django_assert_num_queries(5):
        plan_import(cohort, people)


# --- Writing ----------------------------------------------------------------------------------


def write(plan, by=None):
    plan.write(by=by, at=NOW)


def test_write_adds_people_with_all_that_the_file_says(cohort):
    headers = [
        *HEADERS, "Langues", "Lit le français", "Langue de contact", "Organisation", "Fonction",
        "Genre", "Âge", "Besoins",
    ]  # fmt: skip
    cells = [
        "Bruno", "agents", "b@example.org", "", "français", "oui", "anglais", "Pantin", "accueil",
        "H", "45", "repas sans porc",
    ]  # fmt: skip
    by = make_user()
    write(planned(cohort, cells, headers=headers), by)
    person = Participant.objects.get(cohort=cohort)
    assert (person.user.name, person.user.email, person.user.language) == (
        "Bruno", "b@example.org", "en",
    )  # fmt: skip
    assert (person.organisation.name, person.organisation.kind) == ("Pantin", "city")
    assert (person.gender, person.age_band, person.languages) == ("man", "40_59", ["fr"])
    assert [str(need) for need in person.needs.all()] == ["a particular meal (repas sans porc)"]
    assert (person.recorded_by, person.recorded_at, person.function) == (by, NOW, "accueil")
    assert not person.user.has_usable_password()


def test_write_twice_adds_nobody_twice(cohort):
    rows = [["Amina", "newcomers", "", "0639980101"], ["Bruno", "agents", "b@example.org"]]
    write(planned(cohort, *rows, ["Amina", "newcomers"]))
    again = planned(cohort, *rows, ["Amina", "newcomers"])
    write(again)
    assert (outcomes(again), User.objects.count()) == (["same", "same", "repeat"], 2)


def test_write_refuses_while_a_problem_is_neither_mended_nor_left_out(cohort):
    plan = planned(cohort, ["Amina", "newcomers"], ["Bruno", ""])
    with pytest.raises(ValidationError):
        write(plan)
    assert Participant.objects.count() == 0


def test_write_leaves_out_what_was_ticked(cohort):
    plan = planned(cohort, ["Amina", "newcomers"], ["Bruno", ""])
    plan.leave_out({3})
    write(plan)
    assert [person.user.name for person in Participant.objects.all()] == ["Amina"]


def test_write_is_all_or_nothing(cohort):
    plan = planned(cohort, ["Amina", "newcomers"], ["Bruno", "agents", "b@example.org"])
    make_user(email="b@example.org")
    with pytest.raises(Exception, match=r"(?i)unique"):
        write(plan)
    assert Participant.objects.count() == 0


def test_write_reuses_the_account_of_the_programme(cohort):
    user = make_user("Amina", email="amina@example.org")
    make_participant(make_cohort(cohort.programme), user=user)
    write(planned(cohort, ["Amina", "newcomers", "amina@example.org"]))
    assert Participant.objects.get(cohort=cohort).user == user


def test_write_changes_what_was_announced(cohort):
    user = make_user("Amina", email=None, phone=None)
    person = make_participant(cohort, user=user, languages=["fr"])
    headers = ["Nom", "Groupe", "Tél", "Langues", "Organisation", "Besoins"]
    cells = ["Amina", "newcomers", "0639980101", "dari", "Pantin", "garde d'enfants"]
    write(planned(cohort, cells, headers=headers))
    person = Participant.objects.get(pk=person.pk)
    assert (person.user.phone, person.languages) == ("+33639980101", ["fr", "fa-af"])
    assert (person.organisation.name, str(person.needs.get())) == ("Pantin", "childcare")


def test_write_adds_an_institution_once_and_says_so(cohort):
    headers = ["Nom", "Groupe", "Ville"]
    rows = [["Bruno", "agents", "Pantin"], ["Carla", "agents", "PANTIN"]]
    plan = planned(cohort, *rows, headers=headers)
    assert plan.new_organisations == ["PANTIN"]
    write(plan)
    assert Organisation.objects.filter(programme=cohort.programme).count() == 1


def test_write_takes_five_thousand_rows(cohort):
    rows = [[f"Person {number}", "newcomers", f"p{number}@example.org"] for number in range(5000)]
    write(plan_import(cohort, read_people(csv(HEADERS[:3], *rows), "people.csv")))
    assert Participant.objects.count() == 5000


def test_digest_tells_a_plan_from_another(cohort):
    def plan():
        return planned(cohort, ["Amina", "newcomers"])

    before = plan().digest()
    assert plan().digest() == before
    make_participant(cohort, name="Amina")
    assert plan().digest() != before


def test_programme_elsewhere_is_not_looked_at(cohort):
    user = make_user("Amina", phone="0639980101")
    make_participant(make_cohort(make_programme()), user=user)
    assert one(cohort, "Amina", "newcomers", "", "0639980101").outcome == "problem"
