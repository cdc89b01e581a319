from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    NOW,
    make_cohort,
    make_facilitator,
    make_participant,
    make_released_theme,
    make_staff,
    make_testimony,
    make_theme,
    make_user,
    make_workshop,
)
from workshops.models import Theme

pytestmark = pytest.mark.django_db
Status = Theme.Status
MOVES = {
    ("draft", "validated"): lambda theme: validate(theme),
    ("validated", "released"): lambda theme: theme.release(),
    ("released", "validated"): lambda theme: theme.take_back(),
    ("validated", "draft"): lambda theme: theme.take_back(),
}


def validate(theme, what_changed=None, by=None):
    return theme.validate_with_newcomers(on=NOW.date(), what_changed=what_changed or {}, by=by)


def theme_in(status):
    return make_theme(status=status, validated_on=date(2022, 12, 1), checked_at=NOW)


@pytest.mark.parametrize(("before", "after"), list(product(Status.values, repeat=2)))
def test_theme_moves_are_those_of_the_table(before, after):
    assert theme_in(before).can_move_to(after) == ((before, after) in MOVES)


@pytest.mark.parametrize(("before", "after"), list(MOVES))
def test_theme_moves(before, after):
    theme = theme_in(before)
    assert MOVES[before, after](theme)
    theme.refresh_from_db()
    assert theme.status == after


NOT_FROM_THERE = [
    ("validated", MOVES["draft", "validated"]),
    ("released", MOVES["draft", "validated"]),
    ("draft", MOVES["validated", "released"]),
    ("released", MOVES["validated", "released"]),
    ("draft", MOVES["validated", "draft"]),
]


@pytest.mark.parametrize(("before", "move"), NOT_FROM_THERE)
def test_theme_move_from_elsewhere_changes_nothing(before, move):
    theme = theme_in(before)
    assert not move(theme)
    theme.refresh_from_db()
    assert theme.status == before


def test_theme_moved_by_somebody_else_meanwhile_stays():
    theme = theme_in(Status.VALIDATED)
    Theme.objects.update(status=Status.DRAFT)
    assert not theme.release()


def test_theme_is_not_released_before_a_second_person_checked_it():
    theme = make_theme(status="validated", validated_on=NOW.date())
    assert not theme.release()
    with pytest.raises(IntegrityError), transaction.atomic():
        Theme.objects.update(status="released")


def test_theme_is_never_checked_by_its_writer():
    writer = make_user()
    theme = make_theme(recorded_by=writer)
    assert not theme.check_identity(by=writer, at=NOW)
    assert theme.check_identity(by=make_user(), at=NOW)


def test_theme_is_never_checked_by_who_took_its_notes():
    testimony = make_testimony(number=1)
    theme = make_theme(testimony.workshop.cohort, [testimony])
    taker = make_user()
    testimony.workshop.note_takers.create(user=taker)
    assert not theme.check_identity(by=taker, at=NOW)


def test_theme_checked_twice_counts_once():
    theme, first = make_theme(), make_user()
    assert [theme.check_identity(by=by, at=NOW) for by in (first, make_user())] == [True, False]
    theme.refresh_from_db()
    assert theme.checked_by == first


def test_theme_is_never_checked_by_who_wrote_its_present_words():
    writer, editor = make_user(), make_user()
    theme = make_theme(recorded_by=writer)
    theme.forget_check(by=editor)
    assert [theme.can_be_checked_by(user) for user in (writer, editor)] == [True, False]


def test_theme_with_words_that_newcomers_changed_is_checked_anew():
    theme, staff = theme_in("draft"), make_user()
    validate(theme, {"fr": "Un mot"}, by=staff)
    theme.refresh_from_db()
    assert (theme.status, theme.checked_at, theme.worded_by) == ("validated", None, staff)


def test_theme_that_newcomers_left_as_it_was_stays_checked():
    theme = theme_in("draft")
    validate(theme)
    theme.refresh_from_db()
    assert theme.checked_at == NOW


def test_theme_with_new_words_is_no_longer_released():
    theme = make_released_theme(make_cohort())
    theme.forget_check(by=make_user())
    theme.refresh_from_db()
    assert (theme.status, theme.checked_at) == (Status.VALIDATED, None)


def test_theme_draft_is_seen_by_staff_and_facilitators_of_where_it_was_heard():
    workshop = make_workshop(kind="listening")
    theme = make_theme(workshop.cohort, [make_testimony(workshop, number=1)])
    there = make_facilitator(workshop)
    elsewhere = make_facilitator(make_workshop(workshop.cohort, kind="listening"))
    readers = [make_staff(workshop.cohort), there, elsewhere, make_participant().user]
    seen = [list(Theme.objects.visible_to(user)) for user in readers]
    assert seen == [[theme], [theme], [], []]


def test_theme_takes_a_testimony_in_once():
    testimony = make_testimony(number=1)
    theme = make_theme(testimony.workshop.cohort)
    for _each in range(2):
        theme.take_in([testimony], by=None, at=NOW)
    assert theme.testimony_links.count() == 1


def test_theme_counts_withdrawn_testimonies_apart():
    kept, gone = (make_testimony(number=number) for number in (1, 2))
    make_theme(kept.workshop.cohort, [kept, gone])
    gone.withdraw()
    theme = Theme.objects.with_testimony_count().get()
    assert (theme.testimony_count, theme.withdrawn_count) == (1, 1)
