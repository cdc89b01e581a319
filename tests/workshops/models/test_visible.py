"""What each role finds: one table per kind of thing."""

import pytest

from tests.factories import (
    NOW,
    make_action,
    make_facilitator,
    make_idea,
    make_participant,
    make_proposed_action,
    make_released_theme,
    make_subject,
    make_testimony,
    make_theme,
    make_workshop,
)
from workshops.models import Action, Idea, Subject, Testimony, Theme, Workshop

pytestmark = pytest.mark.django_db
ROLES = ("staff", "facilitator", "newcomer", "agent", "coordinator", "outsider", "admin")


def seen(request, model, named):
    """Return {role: the names of the things it sees}."""
    names = {thing.pk: name for name, thing in named.items()}
    return {
        role: {names[each.pk] for each in model.objects.visible_to(request.getfixturevalue(role))}
        for role in ROLES
    }


def by_role(**answers):
    return {role: set(answers.get(role, "").split()) for role in ROLES}


def test_workshops_are_seen_by_their_group_once_no_draft(request, cohort, workshop):
    named = {
        "own": workshop,
        "draft": make_workshop(cohort, status="draft"),
        "newcomers": make_workshop(cohort, track="newcomers"),
        "agents": make_workshop(cohort, track="agents", status="cancelled"),
    }
    assert seen(request, Workshop, named) == by_role(
        staff="own draft newcomers agents",
        facilitator="own",
        newcomer="own newcomers",
        agent="own agents",
        coordinator="own newcomers agents",
    )


def test_testimonies_are_seen_by_staff_and_by_facilitators_until_closing(request, workshop):
    closed = make_workshop(workshop.cohort, kind="listening", notes_closed_at=NOW)
    make_facilitator(closed, request.getfixturevalue("facilitator"))
    elsewhere = make_workshop(workshop.cohort, kind="listening")
    named = {
        "open": make_testimony(workshop),
        "closed": make_testimony(closed, number=1),
        "elsewhere": make_testimony(elsewhere),
    }
    assert seen(request, Testimony, named) == by_role(
        staff="open closed elsewhere", facilitator="open"
    )


def test_themes_are_seen_once_released(request, cohort, workshop):
    named = {
        "heard": make_theme(cohort, [make_testimony(workshop, number=1)]),
        "draft": make_theme(cohort),
        "released": make_released_theme(cohort),
    }
    assert seen(request, Theme, named) == by_role(
        staff="heard draft released",
        facilitator="heard released",
        newcomer="released",
        agent="released",
        coordinator="released",
    )


def test_subjects_are_seen_once_released_or_chosen(request, cohort):
    named = {
        "hidden": make_subject(cohort),
        "released": make_subject(cohort, released_at=NOW),
        "chosen": make_subject(cohort, status="chosen"),
    }
    others = dict.fromkeys(("facilitator", "newcomer", "agent", "coordinator"), "released chosen")
    assert seen(request, Subject, named) == by_role(staff="hidden released chosen", **others)


def test_ideas_are_seen_once_released_and_by_facilitators_of_where_they_came_up(
    request, cohort, workshop
):
    named = {
        "own": make_idea(cohort, workshop=workshop),
        "hidden": make_idea(cohort),
        "released": make_idea(cohort, released_at=NOW),
    }
    assert seen(request, Idea, named) == by_role(
        staff="own hidden released",
        facilitator="own released",
        newcomer="released",
        agent="released",
        coordinator="released",
    )


def test_actions_are_seen_once_proposed(request, cohort, city):
    named = {"draft": make_action(cohort), "proposed": make_proposed_action(cohort, city)}
    others = dict.fromkeys(("facilitator", "newcomer", "agent", "coordinator"), "proposed")
    assert seen(request, Action, named) == by_role(staff="draft proposed", **others)


@pytest.mark.parametrize("model", [Workshop, Theme, Subject, Idea, Action])
def test_whoever_left_the_cohort_sees_nothing_of_it(cohort, workshop, city, model):
    make_released_theme(cohort), make_subject(cohort, released_at=NOW)
    make_idea(cohort, released_at=NOW), make_proposed_action(cohort, city)
    gone = make_participant(cohort)
    assert model.objects.visible_to(gone.user).count() == 1
    gone.withdraw(on=NOW.date())
    assert not model.objects.visible_to(gone.user).exists()


def test_notes_are_listed_for_who_may_read_them(request, workshop):
    make_workshop(workshop.cohort)
    listed = {
        role: list(Workshop.objects.notes_visible_to(request.getfixturevalue(role)))
        for role in ROLES
    }
    assert listed == {
        role: [workshop] if role in {"staff", "facilitator"} else [] for role in ROLES
    }
