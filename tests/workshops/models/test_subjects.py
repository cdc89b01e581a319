import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    NOW,
    make_cohort,
    make_participant,
    make_staff,
    make_subject,
    make_theme,
    make_user,
)
from workshops.models import Decision, DecisionOption, Subject

pytestmark = pytest.mark.django_db


def test_subject_is_shown_once_released_or_chosen():
    cohort = make_cohort()
    make_subject(cohort)
    shown = [make_subject(cohort, released_at=NOW), make_subject(cohort, status="chosen")]
    assert list(Subject.objects.visible_to(make_participant(cohort).user)) == shown
    assert Subject.objects.visible_to(make_staff(cohort)).count() == 3


def test_subject_is_chosen_once_per_cohort():
    cohort = make_cohort()
    make_subject(cohort, status="chosen")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_subject(cohort, status="chosen")


def test_subject_keeps_the_links_that_stay():
    cohort, first, second = make_cohort(), make_user(), make_user()
    one, two, three = (make_theme(cohort) for _each in range(3))
    subject = make_subject(cohort)
    subject.build_on([one, two], by=first, at=NOW)
    subject.build_on([two, three], by=second, at=NOW)
    links = subject.theme_links.order_by("theme__number").values_list("theme", "recorded_by")
    assert list(links) == [(two.pk, first.pk), (three.pk, second.pk)]


@pytest.mark.parametrize(
    ("voters", "votes", "supported"),
    [
        ((20, 7), (10, 4), True),
        ((20, 7), (9, 4), False),
        ((20, 7), (20, 3), False),
        ((0, 7), (0, 7), False),
    ],
)
def test_option_needs_half_of_each_track(voters, votes, supported):
    decision = Decision(newcomer_voters=voters[0], agent_voters=voters[1])
    option = DecisionOption(decision=decision, newcomer_votes=votes[0], agent_votes=votes[1])
    assert option.has_support_of_each_track == supported
