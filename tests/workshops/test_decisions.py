from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW, make_cohort, make_idea, make_phase, make_subject, make_user
from workshops.decisions import decide, in_force, reopen
from workshops.models import Subject

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def cohort():
    return make_cohort()


@pytest.fixture
def subjects(cohort):
    return [make_subject(cohort) for _each in range(3)]


def record(subject, method="consensus", **more):
    more = {"decided_on": TODAY} | more
    return decide(subject.cohort, subject, method=method, by=make_user(), at=NOW, **more)


def vote(subjects, *votes, voters=(20, 7), **more):
    return record(
        subjects[0],
        "vote",
        votes=dict(zip(subjects, votes, strict=False)),
        newcomer_voters=voters[0],
        agent_voters=voters[1],
        **more,
    )


def test_decision_chooses_one_and_sets_the_others_aside(cohort, subjects):
    record(subjects[1])
    states = [subject.status for subject in cohort.subjects.all()]
    assert states == ["set_aside", "chosen", "set_aside"]


def test_decision_shows_all_candidates_to_the_cohort(cohort, subjects):
    record(subjects[0])
    assert set(cohort.subjects.values_list("released_at", flat=True)) == {NOW}


def test_decision_keeps_what_each_candidate_received(subjects):
    decision = vote(subjects, (12, 4), (8, 3), (0, 0))
    kept = decision.options.values_list("subject__number", "newcomer_votes", "agent_votes")
    assert list(kept) == [(1, 12, 4), (2, 8, 3), (3, 0, 0)]


@pytest.mark.parametrize(
    ("votes", "voters", "passes"),
    [
        ((10, 4), (20, 7), True),
        ((20, 3), (20, 7), False),
        ((9, 7), (20, 7), False),
        ((10, 0), (20, 0), False),
        ((1, 1), (1, 1), True),
    ],
)
def test_vote_needs_half_of_the_voters_of_each_group(subjects, votes, voters, passes):
    if passes:
        assert vote(subjects, votes, voters=voters).subject == subjects[0]
    else:
        with pytest.raises(ValidationError, match="each group"):
            vote(subjects, votes, voters=voters)


def test_vote_cannot_hold_more_votes_than_voters(subjects):
    with pytest.raises(ValidationError, match="more people"):
        vote(subjects, (12, 4), (21, 0))


def test_vote_needs_its_voters(subjects):
    with pytest.raises(ValidationError, match="took part"):
        vote(subjects, (12, 4), voters=(None, 7))


def test_refused_vote_leaves_nothing_behind(cohort, subjects):
    with pytest.raises(ValidationError):
        vote(subjects, (20, 0))
    assert (cohort.decisions.count(), cohort.subjects.candidates().count()) == (0, 3)


def test_second_decision_is_refused(cohort, subjects):
    first = record(subjects[0])
    for subject in subjects:
        with pytest.raises(ValidationError, match="already"):
            record(subject)
    assert in_force(cohort) == first


def test_decision_of_tomorrow_is_refused(subjects):
    with pytest.raises(ValidationError, match="still to come"):
        record(subjects[0], decided_on=TODAY + timedelta(days=1))


def test_reopening_makes_all_candidates_again(cohort, subjects):
    decision = record(subjects[0])
    assert reopen(decision, at=NOW, reason="Nobody understood it")
    assert {subject.status for subject in cohort.subjects.all()} == {Subject.Status.CANDIDATE}
    assert record(subjects[2]).subject == subjects[2]


def test_reopening_twice_counts_once(cohort, subjects):
    decision = record(subjects[0])
    assert [reopen(decision, at=NOW, reason=reason) for reason in "ab"] == [True, False]
    decision.refresh_from_db()
    assert (decision.reopened_on, decision.reopened_reason) == (TODAY, "a")


def test_reopening_needs_a_reason(subjects):
    with pytest.raises(ValidationError, match="why"):
        reopen(record(subjects[0]), at=NOW, reason="")


@pytest.mark.parametrize(
    ("starts_on", "allowed"), [(TODAY, False), (TODAY + timedelta(days=1), True)]
)
def test_reopening_ends_when_co_creation_starts(cohort, subjects, starts_on, allowed):
    make_phase(cohort, kind="co_creation", starts_on=starts_on, ends_on=date(2023, 5, 1))
    decision = record(subjects[0])
    if allowed:
        assert reopen(decision, at=NOW, reason="a")
    else:
        with pytest.raises(ValidationError, match="started"):
            reopen(decision, at=NOW, reason="a")


def test_reopening_ends_with_the_first_idea(cohort, subjects):
    decision = record(subjects[0])
    make_idea(cohort)
    with pytest.raises(ValidationError, match="started"):
        reopen(decision, at=NOW, reason="a")


def test_decision_takes_no_subject_of_another_cohort(cohort, subjects):
    with pytest.raises(Subject.DoesNotExist):
        decide(cohort, make_subject(), method="consensus", by=None, at=NOW, decided_on=TODAY)
    assert cohort.subjects.candidates().count() == 3
