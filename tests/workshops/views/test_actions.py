from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    NOW,
    make_action,
    make_committed_action,
    make_coordinator,
    make_idea,
    make_organisation,
    make_progress,
    make_proposed_action,
    make_released_theme,
    make_subject,
    make_testimony,
    make_user,
)
from tests.typing import filled
from workshops.models import Action, Workshop

pytestmark = pytest.mark.django_db
ANSWER = {"verdict": "accepted", "level": "council", "answered_on": "2023-05-03"}


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def proposed(cohort, city):
    return make_proposed_action(cohort, city)


def here(name, cohort, *more):
    return reverse(f"workshops:{name}", args=[cohort.slug, *more])


def of_action(name, action):
    return here(name, action.cohort, action.number)


# --- The sheet ----------------------------------------------------------------------------------


def test_action_begins_with_the_ideas_that_were_ticked(visitor, cohort):
    ideas = [make_idea(cohort) for _each in range(3)]
    query = "&".join(f"idea={idea.pk}" for idea in ideas[:2])
    form = visitor.get(f"{here('action_add', cohort)}?{query}").context["form"]
    assert form["ideas"].value() == [idea.pk for idea in ideas[:2]]


def test_action_from_one_idea_begins_with_its_words(visitor, cohort):
    idea = make_idea(cohort, title={"fr": "Un guichet du soir"})
    form = visitor.get(f"{here('action_add', cohort)}?idea={idea.pk}").context["form"]
    assert form.initial["title"] == {"fr": "Un guichet du soir"}


@pytest.mark.parametrize("key", ["x", "999999", "", "²", "9" * 30])
def test_action_begins_with_nothing_where_no_idea_is_meant(visitor, cohort, key):
    assert visitor.get(f"{here('action_add', cohort)}?idea={key}").status_code == 200


def test_action_is_added_with_its_sources(visitor, cohort, city, staff):
    idea = make_idea(cohort)
    typed = {"title_fr": "Un binôme", "ideas": [idea.pk], "lead": city.pk, "partners": [city.pk]}
    response = visitor.post(here("action_add", cohort), typed)
    action = cohort.actions.get()
    assert response["Location"] == action.get_absolute_url()
    assert (action.reference, action.lead, action.recorded_by) == ("A-1", city, staff)
    assert (action.idea_links.get().idea, action.partners.get()) == (idea, city)


def test_action_sent_twice_is_added_once(visitor, cohort):
    where = here("action_add", cohort)
    shown = filled(visitor.get(where).context["form"])
    data = {name: shown[name] for name in ("seen", "once")} | {"title_fr": "Un binôme"}
    first, second = (visitor.post(where, data) for _click in range(2))
    assert (first["Location"], cohort.actions.count()) == (second["Location"], 1)


def test_action_refuses_a_lead_that_is_not_in_the_cohort(visitor, cohort):
    other = make_organisation(cohort.programme)
    response = visitor.post(here("action_add", cohort), {"title_fr": "x", "lead": other.pk})
    assert (list(response.context["form"].errors), cohort.actions.count()) == (["lead"], 0)


def test_action_suggests_a_first_step_within_sixty_days(visitor, cohort):
    page = visitor.get(here("action_add", cohort)).content.decode()
    day = cohort.today(timezone.now()) + timedelta(days=60)
    assert f"{day:%Y}" in page
    assert "Best within sixty days" in page


def edit(visitor, action, **typed):
    where = of_action("action_edit", action)
    seen = visitor.get(where).context["form"]["seen"].value()
    shown = {"seen": seen, "title_fr": action.title["fr"], "lead": action.lead_id or ""}
    return lambda: visitor.post(where, shown | typed)


def test_action_is_edited(visitor, proposed):
    edit(visitor, proposed, title_fr="Mieux dit", target="200 courriers")()
    proposed.refresh_from_db()
    assert (str(proposed.title), proposed.target) == ("Mieux dit", "200 courriers")


def test_action_edited_by_two_keeps_the_first_and_tells_the_second(visitor, proposed):
    first, second = (edit(visitor, proposed, title_fr=title) for title in ("Un", "Deux"))
    first()
    response = second()
    proposed.refresh_from_db()
    assert str(proposed.title) == "Un"
    assert "Somebody changed this" in response.context["form"].non_field_errors()[0]
    assert response.context["form"]["title"].value()[0] == "Deux"


def test_action_answered_keeps_its_lead(visitor, cohort, city):
    action = make_committed_action(cohort, city)
    cohort.partners.add(other := make_organisation(cohort.programme))
    edit(visitor, action, lead=other.pk)()
    action.refresh_from_db()
    assert action.lead == city
    form = visitor.get(of_action("action_edit", action)).context["form"]
    assert form["lead"].help_text == "It has answered, so it stays the lead."


def test_action_is_removed_until_it_is_answered(visitor, cohort, city):
    free, answered = make_action(cohort), make_committed_action(cohort, city)
    free.come_from([make_idea(cohort)], by=None, at=NOW)
    answers = [
        visitor.post(of_action("action_remove", each)).status_code for each in (free, answered)
    ]
    assert (answers, list(cohort.actions.all())) == ([302, 409], [answered])


@pytest.mark.parametrize("name", ["action", "action_edit", "answer", "progress", "action_propose"])
def test_action_unknown_is_not_there(visitor, cohort, name):
    make_action()
    assert visitor.get(here(name, cohort, 1)).status_code == 404


# --- Proposing ----------------------------------------------------------------------------------


def test_action_is_proposed_on_a_day(visitor, cohort):
    action = make_action(cohort)
    visitor.post(of_action("action_propose", action), {"proposed_on": "2023-04-03"})
    action.refresh_from_db()
    assert (action.status, f"{action.proposed_on}") == ("proposed", "2023-04-03")


def test_action_is_not_proposed_on_a_day_to_come(visitor, cohort):
    action = make_action(cohort)
    tomorrow = cohort.today(timezone.now()) + timedelta(days=1)
    visitor.post(of_action("action_propose", action), {"proposed_on": tomorrow})
    action.refresh_from_db()
    assert action.status == "draft"


def test_action_is_taken_back_until_it_is_answered(visitor, cohort, city, proposed):
    answered = make_committed_action(cohort, city)
    for action in (proposed, answered):
        visitor.post(of_action("action_take_back", action))
    states = list(Action.objects.values_list("status", flat=True))
    assert states == ["draft", "answered"]


# --- Answering ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "on_behalf"), [("staff", True), ("coordinator", False)])
def test_answer_says_whether_staff_entered_it(request, sign_in, proposed, who, on_behalf):
    user = request.getfixturevalue(who)
    sign_in(user).post(of_action("answer", proposed), ANSWER)
    answer = proposed.answers.get()
    assert (answer.recorded_by, answer.on_behalf, answer.level) == (user, on_behalf, "council")


def test_answer_of_another_institution_s_coordinator_is_refused(sign_in, cohort, proposed):
    other = make_coordinator(cohort, make_organisation(cohort.programme))
    assert sign_in(other).post(of_action("answer", proposed), ANSWER).status_code == 403
    assert b"Answer</a>" not in sign_in(other).get(proposed.get_absolute_url()).content


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"verdict": ""}, "verdict"),
        ({"verdict": "refused"}, "text"),
        ({"answered_on": "2023-04-02"}, "answered_on"),
        ({"answered_on": "2999-01-01"}, "answered_on"),
        ({"verdict": "to_study"}, "__all__"),
        ({"verdict": "to_study", "study_until": "2023-05-02"}, "study_until"),
    ],
)
def test_answer_that_cannot_be_is_refused_in_words(sign_in, coordinator, proposed, typed, field):
    response = sign_in(coordinator).post(of_action("answer", proposed), ANSWER | typed)
    assert (list(response.context["form"].errors), proposed.answers.count()) == ([field], 0)


def test_answer_to_be_studied_keeps_until_when(sign_in, coordinator, proposed):
    more = {"verdict": "to_study", "study_until": "2023-09-01"}
    sign_in(coordinator).post(of_action("answer", proposed), ANSWER | more)
    assert f"{proposed.answers.get().study_until}" == "2023-09-01"


def test_answer_sent_twice_is_recorded_once(sign_in, coordinator, proposed):
    visitor, where = sign_in(coordinator), of_action("answer", proposed)
    once = visitor.get(where).context["form"]["once"].value()
    for _click in range(2):
        visitor.post(where, ANSWER | {"once": once})
    assert proposed.answers.count() == 1


def test_answer_to_a_draft_leads_back(visitor, cohort, city):
    draft = make_action(cohort, lead=city)
    assert visitor.get(of_action("answer", draft))["Location"] == draft.get_absolute_url()


def test_answer_with_script_is_shown_as_it_was_typed(sign_in, coordinator, proposed):
    visitor = sign_in(coordinator)
    visitor.post(of_action("answer", proposed), ANSWER | {"text_fr": "<b onclick=x>oui</b> نعم"})
    page = visitor.get(proposed.get_absolute_url()).content.decode()
    assert "&lt;b onclick=x&gt;oui&lt;/b&gt; نعم" in page


# --- Progress -----------------------------------------------------------------------------------


def test_progress_is_reported_by_the_lead(sign_in, coordinator, cohort, city):
    action = make_committed_action(cohort, city)
    typed = {"stage": "under_way", "on": "2023-09-01", "text_fr": "Un premier lieu"}
    sign_in(coordinator).post(of_action("progress", action), typed)
    progress = action.progress.get()
    assert (progress.stage, progress.on_behalf) == ("under_way", False)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"stage": "abandoned"}, "text"),
        ({"on": "2023-05-02"}, "on"),
        ({"on": "2999-01-01"}, "on"),
        ({"stage": ""}, "stage"),
    ],
)
def test_progress_that_cannot_be_is_refused_in_words(visitor, cohort, city, typed, field):
    action = make_committed_action(cohort, city)
    given = {"stage": "done", "on": "2023-09-01"} | typed
    response = visitor.post(of_action("progress", action), given)
    assert (list(response.context["form"].errors), action.progress.count()) == ([field], 0)


def test_progress_without_a_commitment_leads_back(visitor, proposed):
    where = of_action("progress", proposed)
    assert visitor.get(where)["Location"] == proposed.get_absolute_url()


# --- What others see ----------------------------------------------------------------------------


def test_board_groups_by_institution_with_silence(sign_in, agent, cohort, city, proposed):
    make_action(cohort)
    open_one = make_proposed_action(cohort, None)
    groups = sign_in(agent).get(here("actions", cohort)).context["groups"]
    days = (cohort.today(timezone.now()) - proposed.proposed_on).days
    assert groups == [(city, [(proposed, days)]), (None, [(open_one, None)])]


@pytest.mark.parametrize("reader", ["newcomer", "agent", "coordinator", "facilitator"])
def test_thread_of_others_begins_at_the_theme(request, sign_in, reader, cohort, workshop, proposed):
    Workshop.objects.update(notes_closed_at=NOW)
    planted = make_testimony(workshop, number=1, text={"fr": "planted"})
    how = {"by": make_user(), "at": NOW}
    theme = make_released_theme(cohort, testimonies=[planted])
    subject, idea = make_subject(cohort, released_at=NOW), make_idea(cohort, released_at=NOW)
    subject.build_on([theme], **how)
    idea.come_under([subject], **how)
    proposed.come_from([idea], **how)
    visitor = sign_in(request.getfixturevalue(reader))
    for item in (theme, subject, idea, proposed):
        page = visitor.get(item.get_absolute_url())
        assert page.context["thread"][0].reference == theme.reference
        assert "planted" not in page.content.decode()


@pytest.mark.parametrize(
    ("page", "make", "field"),
    [
        ("answer", make_proposed_action, "answered_on"),
        ("progress", make_committed_action, "on"),
    ],
)
def test_answer_and_progress_begin_with_today(visitor, cohort, city, page, make, field):
    form = visitor.get(of_action(page, make(cohort, city))).context["form"]
    assert form[field].value() == cohort.today(timezone.now())


def strike_out(client, action, entry, name="answer_retract"):
    where = reverse(f"workshops:{name}", args=[action.cohort.slug, action.number, entry.pk])
    return client.post(where, {"reason": "Meant for A-2"}, follow=True).content.decode()


def test_answer_entered_by_mistake_is_struck_out_and_kept(visitor, cohort, city):
    action = make_committed_action(cohort, city)
    page = strike_out(visitor, action, action.answers.get())
    action.refresh_from_db()
    assert (action.status, "Meant for A-2" in page) == ("proposed", True)


def test_answer_with_progress_says_what_to_strike_out_first(visitor, cohort, city):
    action = make_committed_action(cohort, city)
    make_progress(action)
    assert "strike that out first" in strike_out(visitor, action, action.answers.get())


def test_entry_is_struck_out_on_its_own_action_alone(visitor, cohort, city):
    action, other = (make_committed_action(cohort, city) for _each in range(2))
    where = reverse(
        "workshops:answer_retract", args=[cohort.slug, action.number, other.answers.get().pk]
    )
    assert visitor.get(where).status_code == 404
