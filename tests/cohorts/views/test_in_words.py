"""What staff and coordinators read when they set a cohort up, and what is said of a mistake."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts import outbox
from cohorts.models import Card, Organisation
from tests.factories import (
    NOW,
    make_attendance,
    make_cohort,
    make_coordinator,
    make_organisation,
    make_participant,
    make_phase,
    make_programme_staff,
    make_staff,
    make_user,
    make_workshop,
)
from tests.reading import words
from tests.typing import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(cohort):
    return make_staff(cohort, make_user("Camille Staff", language="en", email="c@example.org"))


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def chief(sign_in, programme):
    """Staff of the whole programme, signed in."""
    return sign_in(make_programme_staff(programme, make_user(language="en")))


def where(name, cohort, *more):
    return reverse(f"cohorts:{name}", args=[cohort.slug, *more])


def errors(response):
    """{field: sentences} of the form that came back."""
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def correct(visitor, address, **typed):
    """Open a form, change what is typed, send it."""
    return visitor.post(address, filled(visitor.get(address).context["form"], **typed))


# --- Cohorts, programmes, organisations -------------------------------------------------------


def test_cohort_needs_a_name_and_a_date(chief):
    said = errors(chief.post(reverse("cohorts:add"), {"territory": "Paris"}))
    assert said == {name: ["This field is required."] for name in ("name", "starts_on")}


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"starts_on": "yesterday"}, "starts_on", "Enter a valid date."),
        (
            {"starts_on": "2023-01-01", "ends_on": "2022-01-01"},
            "__all__",
            "The end cannot be before the start.",
        ),
        (
            {"new_partners": "a" * 201},
            "new_partners",
            "A line is too long: at most 200 characters.",
        ),
        (
            {"languages": ["xx"]},
            "languages",
            "Select a valid choice. xx is not one of the available choices.",
        ),
    ],
)
def test_cohort_says_what_is_wrong(chief, typed, field, sentence):
    right = {"name": "Est", "starts_on": "2022-09-01"}
    response = chief.post(reverse("cohorts:add"), right | typed)
    assert errors(response) == {field: [sentence]}
    assert sentence in words(response)


def test_cohort_says_that_a_time_zone_is_unknown(visitor, cohort):
    response = correct(visitor, where("edit", cohort), time_zone="Europe/Pantin")
    assert errors(response) == {"time_zone": ["Unknown time zone: Europe/Pantin."]}


def test_cohort_says_that_its_address_is_taken(visitor, cohort):
    response = correct(visitor, where("edit", cohort), slug="add")
    assert errors(response) == {"slug": ["This short name is taken. Choose another one."]}


def test_list_of_somebody_without_a_cohort_says_whom_to_ask(sign_in):
    text = words(sign_in(make_user(language="en")).get("/cohorts/"))
    assert text == "Cohorts No cohort yet Ask the person who invited you to add you to one."


def test_list_names_programme_host_and_months(visitor, cohort):
    text = words(visitor.get("/cohorts/"))
    assert "Est Ensemble Embrace · Montreuil · September 2022 – April 2023 Edit" in text


def test_organisations_say_that_a_name_is_taken(visitor, programme, city):
    add = reverse("cohorts:organisation_add", args=[programme.pk])
    response = visitor.post(add, {"name": city.name, "kind": "city"})
    assert errors(response) == {
        "__all__": ["This programme already has an organisation of this name."]
    }


def test_organisations_say_that_the_operator_is_there(visitor, programme):
    make_organisation(programme, kind="operator")
    add = reverse("cohorts:organisation_add", args=[programme.pk])
    response = visitor.post(add, {"name": "Another", "kind": "operator"})
    assert errors(response) == {"__all__": ["This programme already has its operator."]}


def test_organisation_in_use_says_where(visitor, cohort, city):
    make_participant(cohort, "agents", organisation=city)
    remove = reverse("cohorts:organisation_remove", args=[cohort.programme_id, city.pk])
    text = words(visitor.post(remove))
    assert text.startswith("Montreuil cannot be removed Something depends on it:")
    assert ("Participants: 1" in text, "Cohorts: 1" in text) == (True, True)
    assert Organisation.objects.filter(pk=city.pk).exists()


def test_programme_says_that_a_share_is_none(chief, programme):
    edit = reverse("cohorts:programme_edit", args=[programme.pk])
    response = correct(chief, edit, completion_percent="0")
    assert errors(response) == {"__all__": ["Give a share between 1 and 100 per cent."]}


# --- Phases -----------------------------------------------------------------------------------


def test_phase_says_that_it_ends_too_early(visitor, cohort):
    typed = {"kind": "training", "starts_on": "2022-10-01", "ends_on": "2022-09-01"}
    response = visitor.post(where("phase_add", cohort), typed)
    assert errors(response) == {"__all__": ["The end cannot be before the start."]}


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (("2022-08-01", "2022-10-01"), "This phase begins before the cohort does."),
        (("2022-10-01", "2023-06-01"), "This phase ends after the cohort does."),
    ],
)
def test_phase_outside_the_cohort_is_saved_and_said(visitor, cohort, dates, sentence):
    typed = {"kind": "training", "starts_on": dates[0], "ends_on": dates[1]}
    response = visitor.post(where("phase_add", cohort), typed, follow=True)
    assert (cohort.phases.count(), sentence in response.content.decode()) == (1, True)


def test_phase_with_a_workshop_says_what_hangs(visitor, cohort):
    phase = make_phase(cohort, name={"en": "First weeks"})
    make_workshop(cohort, phase=phase)
    text = words(visitor.post(where("phase_remove", cohort, phase.pk)))
    assert text.startswith("First weeks cannot be removed Something depends on it: Workshops: 1")


# --- Team -------------------------------------------------------------------------------------


def test_team_says_who_is_what(visitor, cohort, city, programme):
    make_programme_staff(programme, make_user("Ada", email="a@example.org"))
    make_coordinator(cohort, city, make_user("Chloé", email="chloe@example.org"))
    text = words(visitor.get(where("team", cohort)))
    for said in (
        "Staff of the whole programme Ada a@example.org Staff of this cohort",
        "Staff of this cohort Camille Staff c@example.org Edit Camille Staff Remove",
        "Coordinators of institutions Chloé Montreuil · chloe@example.org Edit Chloé Remove",
    ):
        assert said in text


def test_team_says_that_a_coordinator_is_missing(visitor, cohort):
    text = words(visitor.get(where("team", cohort)))
    assert "Nobody yet: an institution needs its coordinator to answer actions." in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "nadia"}, {"email": ["This is not an e-mail address."]}),
        ({"name": ""}, {"name": ["This field is required."]}),
        (
            {"duty": "coordinator"},
            {"organisation": ["Choose the institution of this coordinator."]},
        ),
    ],
)
def test_team_says_what_is_wrong(visitor, cohort, typed, said):
    right = {"name": "Nadia", "email": "nadia@example.org", "duty": "cohort_staff"}
    assert errors(visitor.post(where("appointment_add", cohort), right | typed)) == said


def test_team_says_why_the_last_one_stays(visitor, cohort, staff):
    remove = where("appointment_remove", cohort, staff.appointments.get().pk)
    text = words(visitor.get(remove))
    assert text.startswith(
        "Camille Staff cannot be removed Something depends on it: Nobody else would be staff here."
    )


# --- People -----------------------------------------------------------------------------------


def test_people_of_a_new_cohort_say_what_to_do_first(visitor, cohort):
    text = words(visitor.get(where("people", cohort)))
    assert "Nobody takes part yet Names are enough to print the first attendance sheet." in text


def test_people_say_that_nobody_matches(visitor, cohort):
    make_participant(cohort)
    text = words(visitor.get(where("people", cohort), {"q": "zzz"}))
    assert "Nobody matches Show everybody" in text


def test_people_show_how_to_reach_each(visitor, cohort):
    make_participant(cohort, user=make_user("A", email="a@example.org", phone="0639980101"))
    make_participant(cohort, user=make_user("B", email=None), languages=["ps", "fr"])
    card = make_participant(cohort, user=make_user("C", email=None))
    Card.objects.issue(cohort.participants.filter(pk=card.pk), by=None, at=NOW)
    text = words(visitor.get(where("people", cohort)))
    for said in (
        "A newcomers — a@example.org 06 39 98 01 01 — takes part",
        "B newcomers Pashto, French nothing yet — takes part",
        "C newcomers — personal card — takes part",
    ):
        assert said in text


def test_coordinator_reads_function_and_attendance_of_own_agents(sign_in, cohort, city):
    agent = make_participant(cohort, "agents", organisation=city, function="Town clerk", name="Bo")
    make_attendance(make_workshop(cohort), agent)
    text = words(
        sign_in(make_coordinator(cohort, city, make_user(language="en"))).get(
            where("people", cohort)
        )
    )
    assert text.endswith("Bo Town clerk Montreuil 100 % (1 of 1)")


def test_coordinator_without_agents_reads_what_to_do(sign_in, cohort, city):
    user = make_coordinator(cohort, city, make_user(language="en"))
    text = words(sign_in(user).get(where("people", cohort)))
    assert "Nobody of your institution takes part yet" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, {"name": ["This field is required."]}),
        ({"track": "mayors"}, "Select a valid choice. mayors is not one of the available choices."),
        ({"phone": "12"}, {"phone": ["This is not a phone number: 12"]}),
        ({"email": "amina"}, {"email": ["This is not an e-mail address."]}),
        ({"name": "a" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_person_says_what_is_wrong(visitor, cohort, typed, said):
    right = {"name": "Amina", "track": "newcomers", "language": "fr"}
    found = errors(visitor.post(where("person_add", cohort), right | typed))
    assert found == (said if isinstance(said, dict) else {next(iter(typed)): [said]})


def test_person_page_says_what_is_known(visitor, cohort, city):
    person = make_participant(
        cohort,
        "agents",
        user=make_user("Bruno", email="bruno@example.org"),
        organisation=city,
        function="Clerk",
        languages=["fr"],
        reads_french=False,
    )
    person.set_needs({"meal": "no pork"})
    make_attendance(make_workshop(cohort, title={"en": "Session 1"}), person)
    text = words(visitor.get(where("person", cohort, person.pk)))
    for said in (
        "Group public agents State takes part",
        "How to reach them bruno@example.org",
        "Languages French · does not read French",
        "Organisation Montreuil Clerk",
        "Practical needs a particular meal (no pork)",
        "Attendance 100 % (1 of 1)",
        "Session 1 3 October 2022 · confirmed",
    ):
        assert said in text


def test_person_on_a_list_says_what_to_do_instead_of_removing(visitor, cohort):
    person = make_participant(cohort, name="Amina")
    make_attendance(make_workshop(cohort), person)
    text = words(visitor.get(where("person_remove", cohort, person.pk)))
    assert text.startswith("Amina cannot be removed Something depends on it: Registrations: 1")
    assert "You can withdraw this person instead: the lists keep what took place." in text


def test_names_say_how_many_were_added(visitor, cohort):
    typed = {"track": "agents", "names": "Amina Sow\n\n Bruno \nAmina  Sow"}
    response = visitor.post(where("people_add", cohort), typed, follow=True)
    assert "2 people added." in response.content.decode()
    assert cohort.participants.agents().count() == 2


# --- Cards and messages -----------------------------------------------------------------------


def test_card_of_somebody_with_a_role_is_refused_in_words(visitor, cohort):
    person = make_participant(cohort, name="Amina")
    make_staff(make_cohort(), person.user)
    text = words(visitor.get(where("card_issue", cohort, person.pk)))
    assert text.startswith("No card for Amina This account serves elsewhere too")


def test_card_of_whoever_left_is_refused_in_words(visitor, cohort):
    person = make_participant(cohort, name="Amina")
    person.withdraw(on=date(2022, 10, 1))
    text = words(visitor.get(where("card_issue", cohort, person.pk)))
    assert text == "No card for Amina A card is for those who take part. Back"


def test_outbox_says_that_messages_are_off(visitor, cohort):
    text = words(visitor.get(where("outbox", cohort)))
    assert "Messages are off: nobody in this cohort is written to. Switch them on" in text
    assert "No message yet" in text


def test_message_says_to_whom_and_when(visitor, cohort):
    cohort.messages_on = True
    cohort.save()
    message = outbox.queue(
        cohort, make_user("Amina", email="a@example.org"), "Moved", "To Pantin.", NOW
    )
    text = words(visitor.get(where("message", cohort, message.pk)))
    assert "To: Amina < a@example.org > Written: 3 October 2022, 11:00 To Pantin." in text
    assert text.endswith("Hold it back")
