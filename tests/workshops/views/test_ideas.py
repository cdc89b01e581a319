import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories import (
    NOW,
    make_action,
    make_facilitator,
    make_idea,
    make_subject,
    make_theme,
    make_workshop,
)
from tests.typing import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


def here(name, cohort, *more):
    return reverse(f"workshops:{name}", args=[cohort.slug, *more])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_ideas_of_a_table_are_added_one_per_line(visitor, cohort, staff):
    workshop = make_workshop(cohort, kind="co_creation")
    chosen = make_subject(cohort, status="chosen")
    typed = {"titles": "Un binôme\n\n  Une lettre type \n", "table_number": 2}
    visitor.post(here("idea_add", cohort), typed | {"workshop": workshop.pk})
    ideas = list(cohort.ideas.all())
    assert [str(idea.title) for idea in ideas] == ["Un binôme", "Une lettre type"]
    assert {(idea.table_number, idea.workshop, idea.recorded_by) for idea in ideas} == {
        (2, workshop, staff)
    }
    assert [idea.subject_links.get().subject for idea in ideas] == [chosen, chosen]


@pytest.mark.parametrize("titles", ["", " \n ", "a" * 20_000])
def test_ideas_without_words_or_without_end_are_refused(visitor, cohort, titles):
    response = visitor.post(here("idea_add", cohort), {"titles": titles})
    assert (response.status_code, cohort.ideas.count()) == (200, 0)


def test_ideas_sent_twice_are_added_once(visitor, cohort):
    where = here("idea_add", cohort)
    data = filled(visitor.get(where).context["form"], titles="Un binôme")
    for _click in range(2):
        visitor.post(where, data)
    assert cohort.ideas.count() == 1


def test_ideas_of_a_workshop_elsewhere_are_refused(visitor, cohort):
    typed = {"titles": "x", "workshop": make_workshop(kind="co_creation").pk}
    assert visitor.post(here("idea_add", cohort), typed).status_code == 200


def test_idea_is_edited_with_what_it_answers(visitor, cohort):
    idea, theme, subject = make_idea(cohort), make_theme(cohort), make_subject(cohort)
    where = here("idea_edit", cohort, idea.number)
    seen = visitor.get(where).context["form"]["seen"].value()
    typed = {"title_fr": "Mieux dit", "themes": [theme.pk], "subjects": [subject.pk]}
    visitor.post(where, typed | {"seen": seen})
    idea.refresh_from_db()
    assert str(idea.title) == "Mieux dit"
    assert idea.theme_links.get().theme == theme
    assert idea.subject_links.get().subject == subject


def test_idea_is_removed_while_it_is_in_no_action(visitor, cohort):
    free, held = make_idea(cohort), make_idea(cohort)
    make_action(cohort).come_from([held], by=None, at=NOW)
    answers = [
        visitor.post(here("idea_remove", cohort, each.number)).status_code for each in (free, held)
    ]
    assert (answers, list(cohort.ideas.all())) == ([302, 409], [held])


def test_idea_is_kept_by_one_click_and_thought_about_again(visitor, cohort):
    idea = make_idea(cohort)
    where = here("idea_decide", cohort, idea.number)
    for seen, wanted in (("proposed", "retained"), ("retained", "proposed")):
        visitor.post(where, {"seen": seen, "to": wanted})
        idea.refresh_from_db()
        assert idea.status == wanted


def test_idea_page_offers_staff_what_comes_next(visitor, sign_in, newcomer, cohort):
    idea = make_idea(cohort, released_at=NOW)
    where, next_step = here("idea", cohort, idea.number), here("action_add", cohort)
    for_staff = visitor.get(where).content.decode()
    for_others = sign_in(newcomer).get(where).content.decode()
    offers = [f"{next_step}?idea={idea.pk}" in page for page in (for_staff, for_others)]
    assert offers == [True, False]


def test_idea_set_aside_meanwhile_is_not_kept_from_a_stale_tab(visitor, cohort):
    idea = make_idea(cohort, status="set_aside", set_aside_reason={"fr": "Trop cher"})
    where = here("idea_decide", cohort, idea.number)
    visitor.post(where, {"seen": "proposed", "to": "retained"})
    idea.refresh_from_db()
    assert (idea.status, str(idea.set_aside_reason)) == ("set_aside", "Trop cher")


def test_idea_is_set_aside_with_a_reason(visitor, cohort):
    idea = make_idea(cohort)
    where = here("idea_set_aside", cohort, idea.number)
    seen = visitor.get(where).context["form"]["seen"].value()
    assert visitor.post(where, {"seen": seen}).status_code == 200
    visitor.post(where, {"seen": seen, "set_aside_reason_fr": "Trop cher"})
    idea.refresh_from_db()
    assert (idea.status, str(idea.set_aside_reason)) == ("set_aside", "Trop cher")


def test_ideas_are_shown_to_the_cohort_by_one_button(visitor, sign_in, newcomer, cohort):
    idea = make_idea(cohort)
    for sentence in ("The whole cohort sees the ideas now.", "This had been done already."):
        assert said(visitor.post(here("ideas_release", cohort)))[-1] == sentence
    page = sign_in(newcomer).get(here("ideas", cohort))
    assert list(page.context["ideas"]) == [idea]


def test_ideas_not_shown_are_seen_by_facilitators_of_their_workshop(sign_in, cohort):
    workshop = make_workshop(cohort, kind="co_creation")
    own, _other = make_idea(cohort, workshop=workshop), make_idea(cohort)
    page = sign_in(make_facilitator(workshop)).get(here("ideas", cohort))
    assert list(page.context["ideas"]) == [own]


@pytest.mark.parametrize("name", ["idea", "idea_edit", "idea_remove", "idea_set_aside"])
def test_idea_unknown_is_not_there(visitor, cohort, name):
    make_idea()
    assert visitor.get(here(name, cohort, 1)).status_code == 404
