import pytest

from cohorts.translated import Translated
from tests.factories import NOW, make_cohort, make_idea, make_subject, make_user, make_workshop
from workshops.co_creation import add_ideas

pytestmark = pytest.mark.django_db


def add(cohort, *titles, **more):
    texts = [Translated({"fr": title}) for title in titles]
    return add_ideas(cohort, texts, **{"by": None, "at": NOW} | more)


def test_ideas_are_numbered_in_the_order_of_their_table():
    cohort = make_cohort()
    make_idea(cohort)
    ideas = add(cohort, "Un binôme", "Une lettre")
    assert [(idea.reference, str(idea.title)) for idea in ideas] == [
        ("I-2", "Un binôme"),
        ("I-3", "Une lettre"),
    ]


def test_ideas_come_under_the_chosen_subject_alone():
    cohort, staff = make_cohort(), make_user()
    make_subject(cohort, status="set_aside")
    chosen = make_subject(cohort, status="chosen")
    [idea] = add(cohort, "Un binôme", by=staff)
    link = idea.subject_links.get()
    assert (link.subject, link.recorded_by, link.recorded_at) == (chosen, staff, NOW)


def test_ideas_before_any_choice_come_under_nothing():
    [idea] = add(make_cohort(), "Un binôme")
    assert not idea.subject_links.exists()


def test_ideas_keep_where_they_came_up():
    cohort = make_cohort()
    workshop = make_workshop(cohort, kind="co_creation")
    [idea] = add(cohort, "Un binôme", workshop=workshop, table_number=3)
    idea.refresh_from_db()
    assert (idea.workshop, idea.table_number, idea.status) == (workshop, 3, "proposed")


def test_no_ideas_are_none():
    assert add(make_cohort()) == []
