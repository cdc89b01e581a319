from datetime import timedelta

import pytest

from tests.factories import (
    NOW,
    make_action,
    make_cohort,
    make_idea,
    make_subject,
    make_testimony,
    make_theme,
    make_user,
    make_workshop,
)
from workshops.models import IdeaAction, SubjectIdea, TestimonyTheme, ThemeIdea, ThemeSubject

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_links_that_stay_keep_who_made_them_and_when():
    cohort, first, second = make_cohort(), make_user(), make_user()
    action = make_action(cohort)
    kept, dropped, added = (make_idea(cohort) for _each in range(3))
    action.come_from([kept, dropped], by=first, at=NOW)
    action.come_from([kept, added], by=second, at=LATER)
    made = action.idea_links.order_by("idea").values_list("idea", "recorded_by", "recorded_at")
    assert list(made) == [(kept.pk, first.pk, NOW), (added.pk, second.pk, LATER)]


def test_links_to_nothing_are_none():
    cohort = make_cohort()
    subject = make_subject(cohort)
    subject.build_on([make_theme(cohort)], by=None, at=NOW)
    subject.build_on([], by=None, at=NOW)
    assert not subject.theme_links.exists()


def test_links_of_one_item_leave_those_of_another_alone():
    cohort = make_cohort()
    theme, idea, other = make_theme(cohort), make_idea(cohort), make_idea(cohort)
    for each in (idea, other):
        each.answer_themes([theme], by=None, at=NOW)
    idea.answer_themes([], by=None, at=NOW)
    assert [link.idea for link in theme.idea_links.all()] == [other]


def test_links_are_named_by_their_references():
    cohort = make_cohort()
    testimony = make_testimony(make_workshop(cohort, kind="listening"), number=7)
    theme, subject = make_theme(cohort), make_subject(cohort)
    idea, action = make_idea(cohort), make_action(cohort)
    links = [
        TestimonyTheme(testimony=testimony, theme=theme),
        ThemeSubject(theme=theme, subject=subject),
        ThemeIdea(theme=theme, idea=idea),
        SubjectIdea(subject=subject, idea=idea),
        IdeaAction(idea=idea, action=action),
    ]
    assert [str(link) for link in links] == [
        "T-7 → TH-1",
        "TH-1 → S-1",
        "TH-1 → I-1",
        "S-1 → I-1",
        "I-1 → A-1",
    ]
