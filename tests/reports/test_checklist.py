from datetime import timedelta

import pytest

from reports.checklist import checklist, section_states
from reports.material import texts_of
from reports.models import Section, write_text
from tests.factories import (
    NOW,
    make_action,
    make_idea,
    make_proposed_action,
    make_subject,
    make_testimony,
    make_theme,
    make_workshop,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
EMPTY = ["Sections without a text", "No common subject is chosen"]


def found(cohort):
    return checklist(cohort, section_states(texts_of(cohort)), at=LATER)


def todos(cohort):
    return {todo.title: todo.count for todo in found(cohort)}


def write(cohort, section, *languages):
    for language in languages:
        write_text(cohort, section, language, "Un texte", seen=0, by=None, at=NOW)


def test_checklist_of_an_empty_cohort(cohort):
    assert todos(cohort) == dict(zip(EMPTY, (len(Section.values), 1), strict=True))


def test_checklist_is_empty_once_all_is_done(cohort):
    make_subject(cohort, status="chosen")
    for section in Section.values:
        write(cohort, section, "fr", "en")
    assert todos(cohort) == {}


def test_checklist_names_ideas_that_the_report_would_be_first_to_show(cohort):
    make_idea(cohort, status="retained"), make_idea(cohort, status="retained", released_at=NOW)
    assert todos(cohort)["Idea that only the team sees"] == 1


def test_checklist_names_what_is_not_written_and_not_translated(cohort):
    for section in Section.values[2:]:
        write(cohort, section, "fr", "en")
    write(cohort, "title", "fr")
    told = {todo.title: todo.text for todo in found(cohort)}
    assert (told["Section without a text"], told["Translation missing"]) == ("Summary", "Title")


def test_checklist_takes_an_emptied_text_for_none(cohort):
    write(cohort, "summary", "fr")
    write_text(cohort, "summary", "fr", " \n", seen=1, by=None, at=NOW)
    assert todos(cohort)["Sections without a text"] == len(Section.values)


def listening(cohort, **more):
    return make_workshop(cohort, kind="listening", **more)


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (lambda cohort, city: make_workshop(cohort), "Workshop whose attendance is open"),
        (
            lambda cohort, city: make_testimony(listening(cohort, status="held")),
            "Workshop whose notes are open",
        ),
        (
            lambda cohort, city: make_testimony(
                listening(cohort, status="held", notes_closed_at=NOW), number=1, quotable=True
            ),
            "Quote to check",
        ),
        (lambda cohort, city: make_theme(cohort), "Theme not released"),
        (lambda cohort, city: make_idea(cohort), "Idea without a decision"),
        (lambda cohort, city: make_action(cohort), "Action still a draft"),
        (lambda cohort, city: make_proposed_action(cohort, city), "Action without a source"),
        (lambda cohort, city: make_proposed_action(cohort, None), "Action without a lead"),
    ],
)
def test_checklist_counts_what_is_left_to_do(cohort, city, make, title):
    make(cohort, city)
    assert todos(cohort)[title] == 1


@pytest.mark.parametrize("status", ["draft", "open", "closed", "cancelled", "held"])
def test_checklist_asks_for_attendance_of_what_is_over(cohort, status):
    make_workshop(cohort, status=status)
    asked = "Workshop whose attendance is open" in todos(cohort)
    assert asked == (status in {"draft", "open", "closed"})


def test_checklist_asks_nothing_of_what_is_to_come_or_elsewhere(cohort):
    make_workshop(cohort, LATER + timedelta(days=1))
    make_theme(), make_idea(), make_action(), make_workshop()
    assert list(todos(cohort)) == EMPTY


def test_checklist_leads_to_the_page_where_it_is_mended(cohort, city, staff, sign_in):
    make_theme(cohort), make_idea(cohort), make_action(cohort), make_workshop(cohort)
    make_proposed_action(cohort, city)
    addresses = {todo.url for todo in found(cohort) if todo.url != "#sections"}
    client = sign_in(staff)
    assert {client.get(address).status_code for address in addresses} == {200}
