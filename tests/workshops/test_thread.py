from datetime import date, timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    NOW,
    make_action,
    make_cohort,
    make_idea,
    make_organisation,
    make_participant,
    make_proposed_action,
    make_released_theme,
    make_staff,
    make_subject,
    make_testimony,
    make_user,
    make_workshop,
)
from workshops.listening import withdraw
from workshops.models import Letter
from workshops.thread import Links, loose_ends, thread_of, traces

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AT = NOW + timedelta(days=300)


ITEMS = ("heard", "together")


class Spun:
    """One thread from end to end: two testimonies, a theme, a subject, an idea, an action."""

    def __init__(self, cohort):
        by = {"by": make_user(), "at": NOW}
        self.cohort = cohort
        workshop = make_workshop(cohort, kind="listening", notes_closed_at=NOW)
        number = workshop.pk * 100
        self.testimonies = [
            make_testimony(workshop, number=number + index, text={"fr": f"planted-{index}"})
            for index in range(2)
        ]
        self.theme = make_released_theme(cohort, testimonies=self.testimonies)
        self.subject = make_subject(cohort, released_at=NOW)
        self.subject.build_on([self.theme], **by)
        self.idea = make_idea(cohort, released_at=NOW)
        self.idea.come_under([self.subject], **by)
        self.action = make_proposed_action(cohort, make_organisation(cohort.programme))
        self.action.come_from([self.idea], **by)


@pytest.fixture
def spun():
    return Spun(make_cohort())


def shown(item, user, manages=False):
    """The references of the items on the thread, without numbers and answers."""
    steps = thread_of(item, user, AT, manages=manages)
    return [step.reference for step in steps if step.reference and step.kind in ITEMS]


def everything(spun):
    items = (spun.theme, spun.subject, spun.idea, spun.action)
    return [item.reference for item in items]


@pytest.mark.parametrize("name", ["theme", "subject", "idea", "action"])
def test_thread_is_whole_from_any_item(spun, name):
    staff = make_staff(spun.cohort)
    assert shown(getattr(spun, name), staff, manages=True) == everything(spun)


def test_thread_of_a_testimony_begins_with_itself(spun):
    [first, _second] = spun.testimonies
    expected = [first.reference, *everything(spun)]
    assert shown(first, make_staff(spun.cohort), manages=True) == expected


def test_thread_begins_with_the_number_of_testimonies_for_staff(spun):
    [first, *_more] = thread_of(spun.action, make_staff(spun.cohort), AT, manages=True)
    assert (first.kind, first.text) == ("heard", "2 testimonies")


@pytest.mark.parametrize("track", ["newcomers", "agents"])
def test_thread_begins_at_the_theme_for_who_takes_part(spun, track):
    reader = make_participant(spun.cohort, track).user
    [first, *_more] = thread_of(spun.action, reader, AT, manages=False)
    assert first.reference == spun.theme.reference
    assert shown(spun.action, reader) == everything(spun)


def test_thread_leaves_out_what_the_reader_may_not_see(spun):
    spun.theme.take_back()
    spun.idea.released_at = None
    spun.idea.save()
    seen = shown(spun.action, make_participant(spun.cohort).user)
    assert seen == [spun.subject.reference, spun.action.reference]


def test_thread_of_another_strand_stays_apart(spun):
    other = Spun(spun.cohort)
    staff = make_staff(spun.cohort)
    assert shown(other.action, staff, manages=True) == everything(other)


def test_idea_that_names_its_themes_answers_those_alone(spun):
    named = make_released_theme(spun.cohort)
    spun.idea.answer_themes([named], by=None, at=NOW)
    links = Links(spun.cohort)
    assert links.walk(Letter.ACTION, spun.action.pk)[Letter.THEME] == {named.pk}
    assert links.walk(Letter.THEME, spun.theme.pk)[Letter.IDEA] == set()


def test_thread_leads_everywhere_but_where_the_reader_is(spun):
    steps = thread_of(spun.idea, make_staff(spun.cohort), AT, manages=True)
    assert [step.text for step in steps if step.kind in ITEMS and not step.url] == [
        "2 testimonies",
        str(spun.idea.title),
    ]


def test_thread_says_how_many_sources_were_withdrawn(spun):
    withdraw(spun.testimonies[0], at=NOW)
    steps = thread_of(spun.theme, make_staff(spun.cohort), AT, manages=True)
    assert [step.text for step in steps[:2]] == ["1 testimony", "1 source withdrawn"]


def test_thread_tells_others_only_that_a_source_was_withdrawn(spun):
    withdraw(spun.testimonies[0], at=NOW)
    steps = thread_of(spun.theme, make_participant(spun.cohort).user, AT, manages=False)
    assert steps[0].text == "A source of this was withdrawn"


def test_thread_on_the_day_of_asking_speaks_of_no_silence(spun):
    reader, day = make_participant(spun.cohort).user, timedelta(days=1)
    asked = AT - day * (AT.date() - date(2023, 4, 3)).days
    end = thread_of(spun.action, reader, asked, manages=False)[-1]
    assert end.text.split(" · ")[1] == "asked today"


def test_thread_ends_with_silence_until_the_answer(spun):
    reader = make_participant(spun.cohort).user
    end = thread_of(spun.action, reader, AT, manages=False)[-1]
    days = (AT.date() - date(2023, 4, 3)).days
    assert (end.kind, end.text.split(" · ")[1]) == ("loose", f"no answer for {days} days")


def test_thread_ends_with_the_answer_and_its_progress(spun):
    told = {"by": None, "at": AT}
    spun.action.answer(verdict="accepted", level="council", answered_on=date(2023, 5, 1), **told)
    spun.action.report_progress(stage="under_way", on=date(2023, 6, 1), **told)
    end = thread_of(spun.action, make_participant(spun.cohort).user, AT, manages=False)[-1]
    assert (end.kind, end.note) == ("done", "under way · June 1, 2023")


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("theme", "Nobody has taken it up yet"),
        ("subject", "No idea yet"),
        ("idea", "No action yet"),
    ],
)
def test_thread_says_where_it_breaks_off(spun, last, text):
    names = ["theme", "subject", "idea", "action"]
    for name in reversed(names[names.index(last) + 1 :]):
        getattr(spun, name).delete()
    item = getattr(spun, last)
    steps = thread_of(item, make_staff(spun.cohort), AT, manages=True)
    assert (steps[-1].kind, steps[-1].text) == ("loose", text)


@pytest.mark.parametrize("name", ["theme", "subject", "idea", "action"])
def test_thread_makes_few_queries_however_much_there_is(spun, name, connection_queries):
    staff = make_staff(spun.cohort)
    counts = []
    for _each in range(2):
        with connection_queries() as queries:
            thread_of(getattr(spun, name), staff, AT, manages=True)
        counts.append(len(queries))
        for _more in range(5):
            Spun(spun.cohort)
    assert counts[0] == counts[1] <= 8


@pytest.fixture
def connection_queries():
    from django.db import connection

    return lambda: CaptureQueriesContext(connection)


def test_trace_counts_testimonies_and_names_the_rest(spun):
    withdraw(spun.testimonies[1], at=NOW)
    found = traces(spun.cohort)[spun.action.pk]
    assert (found.testimonies, found.withdrawn) == (1, 1)
    assert (found.themes, found.subjects, found.ideas) == (
        [spun.theme],
        [spun.subject],
        [spun.idea],
    )


def test_traces_of_all_actions_take_six_queries(spun, django_assert_num_queries):
    for _each in range(3):
        Spun(spun.cohort)
    with django_assert_num_queries(6):
        assert len(traces(spun.cohort)) == 4


def test_action_without_source_has_an_empty_trace():
    action = make_action()
    found = traces(action.cohort)[action.pk]
    assert (found.testimonies, found.themes, found.subjects, found.ideas) == (0, [], [], [])


def test_loose_ends_are_none_where_the_thread_holds(spun):
    spun.action.answer(
        by=None, at=AT, verdict="accepted", level="council", answered_on=date(2023, 5, 1)
    )
    spun.idea.retain()
    assert loose_ends(spun.cohort) == []


def test_loose_ends_name_each_place_where_it_breaks():
    cohort = make_cohort()
    theme, idea, kept = (
        make_released_theme(cohort),
        make_idea(cohort),
        make_idea(cohort, status="retained"),
    )
    bare = make_action(cohort)
    silent = make_proposed_action(cohort, make_organisation(cohort.programme))
    found = [[step.reference for step in end.steps] for end in loose_ends(cohort)]
    assert found == [
        [theme.reference],
        [idea.reference],
        [kept.reference],
        [bare.reference, silent.reference],
        [bare.reference],
        [silent.reference],
    ]


def test_thread_ends_with_an_action_that_nobody_was_asked_about(spun):
    spun.action.take_back()
    end = thread_of(spun.action, make_staff(spun.cohort), AT, manages=True)[-1]
    assert (end.kind, end.text) == ("loose", "not proposed to an institution yet")
