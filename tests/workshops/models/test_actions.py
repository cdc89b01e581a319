from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from tests.factories import (
    make_action,
    make_cohort,
    make_committed_action,
    make_organisation,
    make_participant,
    make_proposed_action,
    make_user,
)
from workshops.models import Action, Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
Status = Action.Status
PROPOSED_ON = date(2023, 4, 3)
AT = datetime(2023, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def lead():
    return make_organisation(make_cohort().programme)


@pytest.fixture
def action(lead):
    return make_proposed_action(lead.programme.cohorts.get(), lead)


def answer(action, **more):
    given = {"verdict": "accepted", "level": "direction", "answered_on": date(2023, 5, 3)}
    return action.answer(by=make_user(), at=AT, **given | more)


def report(action, **more):
    given = {"stage": "under_way", "on": date(2023, 5, 20)}
    return action.report_progress(by=make_user(), at=AT, **given | more)


@pytest.mark.parametrize(("before", "after"), list(product(Status.values, repeat=2)))
def test_action_moves_are_those_of_the_table(before, after):
    allowed = {("draft", "proposed"), ("proposed", "draft"), ("proposed", "answered")}
    allowed.add(("answered", "proposed"))
    action = make_action(status=before, proposed_on=PROPOSED_ON)
    assert action.can_move_to(after) == ((before, after) in allowed)


def test_action_proposed_twice_keeps_its_first_day():
    action = make_action()
    days = [PROPOSED_ON, PROPOSED_ON + timedelta(days=1)]
    assert [action.propose(on=day) for day in days] == [True, False]
    action.refresh_from_db()
    assert (action.status, action.proposed_on) == (Status.PROPOSED, PROPOSED_ON)


def test_action_answered_is_not_taken_back(action):
    answer(action)
    assert not action.take_back()


def test_action_is_seen_by_the_cohort_once_proposed(action):
    make_action(action.cohort)
    reader = make_participant(action.cohort).user
    assert list(Action.objects.visible_to(reader)) == [action]


def test_answer_is_its_lead_s_and_moves_the_action(action, lead):
    given = answer(action, on_behalf=True)
    action.refresh_from_db()
    assert (action.status, given.organisation, given.on_behalf) == (Status.ANSWERED, lead, True)


def test_answer_later_stands_beside_the_first(action):
    first = answer(action, verdict="to_study", study_until=date(2023, 9, 1))
    second = answer(action, answered_on=date(2023, 5, 30))
    assert (list(action.answers.all()), action.latest_answer) == ([first, second], second)


@pytest.mark.parametrize("more", [{"status": "draft", "proposed_on": None}, {"lead": None}])
def test_answer_is_refused_where_nobody_was_asked(action, more):
    Action.objects.update(**more)
    with pytest.raises(ValidationError, match="not been proposed"):
        answer(Action.objects.get())
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"answered_on": date(2023, 4, 2)}, "before April 3, 2023"),
        ({"answered_on": date(2023, 6, 2)}, "still to come"),
        ({"verdict": "refused"}, "why it is refused"),
        ({"verdict": "to_study"}, "until when"),
        ({"verdict": "to_study", "study_until": date(2023, 5, 2)}, "after the answer"),
        ({"verdict": "perhaps"}, "not a valid choice"),
        ({"level": ""}, "blank"),
    ],
)
def test_answer_that_cannot_be_is_refused(action, more, sentence):
    with pytest.raises(ValidationError, match=sentence):
        answer(action, **more)
    action.refresh_from_db()
    assert (action.status, action.answers.count()) == (Status.PROPOSED, 0)


def test_answer_is_never_changed(action):
    answer(action)
    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.update(verdict="refused")


@pytest.mark.parametrize("verdict", ["accepted", "with_changes"])
def test_progress_is_reported_on_a_commitment(action, verdict):
    answer(action, verdict=verdict)
    progress = report(action)
    assert action.latest_progress == progress


def test_progress_is_refused_where_there_is_no_commitment(action):
    with pytest.raises(ValidationError, match="no commitment"):
        report(action)
    answer(action, verdict="refused", text={"fr": "Trop cher"})
    with pytest.raises(ValidationError, match="no commitment"):
        report(action)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"on": date(2023, 5, 2)}, "before May 3, 2023"),
        ({"on": date(2023, 6, 2)}, "still to come"),
        ({"stage": "abandoned"}, "why it is abandoned"),
    ],
)
def test_progress_that_cannot_be_is_refused(lead, more, sentence):
    action = make_committed_action(lead.programme.cohorts.get(), lead)
    with pytest.raises(ValidationError, match=sentence):
        report(action, **more)


def test_silence_is_counted_until_the_answer(action):
    assert action.days_of_silence(PROPOSED_ON + timedelta(days=40)) == 40
    answer(action)
    assert action.days_of_silence(AT.date()) is None
    assert make_action().days_of_silence(AT.date()) is None


def retract(action, entry):
    done = action.retract(entry, reason="On another action", by=None, at=AT)
    action.refresh_from_db()
    return done


def test_answer_struck_out_lets_the_action_wait_again(action):
    mistake = answer(action)
    assert [retract(action, mistake), retract(action, mistake)] == [True, False]
    assert (action.status, action.latest_answer) == (Status.PROPOSED, None)


def test_answer_struck_out_leaves_the_one_before_in_force(action):
    first, mistake = answer(action), answer(action, verdict="with_changes")
    retract(action, mistake)
    assert (action.status, action.latest_answer) == (Status.ANSWERED, first)


def test_answer_with_progress_is_not_struck_out(action):
    mistake = answer(action)
    report(action)
    with pytest.raises(ValidationError, match="Progress was reported"):
        retract(action, mistake)
    assert Answer.objects.get().stands


def test_progress_struck_out_counts_no_more(action):
    answer(action)
    first, mistake = report(action), report(action, stage="done")
    retract(action, mistake)
    assert action.latest_progress == first


def test_entry_of_another_action_is_not_struck_out(action, lead):
    other = make_committed_action(action.cohort, lead)
    assert not retract(action, other.answers.get())
