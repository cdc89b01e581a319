from itertools import product

import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    NOW,
    make_cohort,
    make_facilitator,
    make_idea,
    make_participant,
    make_workshop,
)
from workshops.models import Idea

pytestmark = pytest.mark.django_db
MOVES = {
    "proposed": lambda idea: idea.reconsider(),
    "retained": lambda idea: idea.retain(),
    "set_aside": lambda idea: idea.set_aside(reason={"fr": "Trop cher"}),
}


@pytest.mark.parametrize(("before", "after"), list(product(MOVES, repeat=2)))
def test_idea_moves_between_all_states(before, after):
    idea = make_idea(status=before, set_aside_reason={"fr": "Trop cher"})
    assert MOVES[after](idea) == (before != after)
    idea.refresh_from_db()
    assert idea.status == after


def test_idea_is_not_set_aside_without_a_reason():
    idea = make_idea()
    assert not idea.set_aside(reason={})
    assert idea.status == Idea.Status.PROPOSED


def test_database_refuses_an_idea_set_aside_without_a_reason():
    make_idea()
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.update(status="set_aside")


def test_idea_kept_again_forgets_why_it_was_set_aside():
    idea = make_idea()
    idea.set_aside(reason={"fr": "Trop cher"})
    idea.retain()
    idea.refresh_from_db()
    assert not idea.set_aside_reason


def test_idea_is_seen_once_released_and_by_facilitators_of_its_workshop():
    cohort = make_cohort()
    workshop = make_workshop(cohort, kind="co_creation")
    hidden = make_idea(cohort, workshop=workshop)
    facilitator, participant = make_facilitator(workshop), make_participant(cohort).user
    assert Idea.objects.visible_to(facilitator).get() == hidden
    assert not Idea.objects.visible_to(participant).exists()
    assert cohort.ideas.all().release(at=NOW) == 1
    assert Idea.objects.visible_to(participant).get() == hidden


def test_ideas_released_twice_keep_their_first_moment():
    cohort = make_cohort()
    make_idea(cohort, released_at=NOW)
    assert cohort.ideas.all().release(at=NOW) == 0


def test_ideas_stand_table_by_table_and_those_of_none_last():
    cohort = make_cohort()
    ideas = [make_idea(cohort, table_number=table) for table in (None, 2, 1, 2)]
    assert list(cohort.ideas.all().by_table()) == [ideas[2], ideas[1], ideas[3], ideas[0]]
