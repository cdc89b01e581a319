import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories import NOW, make_idea, make_subject, make_theme
from tests.typing import filled
from workshops import decisions
from workshops.models import Subject

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def subjects(cohort):
    return [make_subject(cohort) for _each in range(2)]


def here(name, cohort, *more):
    return reverse(f"workshops:{name}", args=[cohort.slug, *more])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def decided(subject):
    how = {"method": "consensus", "decided_on": TODAY, "by": None, "at": NOW}
    return decisions.decide(subject.cohort, subject, **how)


@pytest.fixture
def decide(visitor, cohort):
    def decide(subject, votes=(), **more):
        typed = {"subject": subject.pk, "method": "consensus", "decided_on": TODAY}
        for option, newcomers, agents in votes:
            typed |= {f"newcomers_{option.pk}": newcomers, f"agents_{option.pk}": agents}
        return visitor.post(here("decide", cohort), typed | more)

    return decide


def test_subject_is_added_on_its_themes(visitor, cohort, staff):
    theme = make_theme(cohort)
    typed = {"question_fr": "Comment faire ?", "themes": [theme.pk]}
    visitor.post(here("subject_add", cohort), typed)
    subject = cohort.subjects.get()
    assert (subject.reference, subject.recorded_by) == ("S-1", staff)
    assert subject.theme_links.get().theme == theme


def test_subject_refuses_a_theme_of_another_cohort(visitor, cohort):
    typed = {"question_fr": "Comment faire ?", "themes": [make_theme().pk]}
    assert visitor.post(here("subject_add", cohort), typed).status_code == 200
    assert cohort.subjects.count() == 0


def test_subject_is_edited_with_its_themes(visitor, cohort):
    subject, old, new = make_subject(cohort), make_theme(cohort), make_theme(cohort)
    subject.build_on([old], by=None, at=NOW)
    where = here("subject_edit", cohort, subject.number)
    form = visitor.get(where).context["form"]
    sent = {"seen": form["seen"].value(), "question_fr": "Comment ?", "themes": [new.pk]}
    visitor.post(where, sent)
    subject.refresh_from_db()
    assert (str(subject.question), subject.theme_links.get().theme) == ("Comment ?", new)


def test_subject_in_a_stale_tab_loses_no_theme(visitor, cohort):
    subject, theme = make_subject(cohort), make_theme(cohort)
    where = here("subject_edit", cohort, subject.number)
    seen = visitor.get(where).context["form"]["seen"].value()
    subject.build_on([theme], by=None, at=NOW)
    visitor.post(where, {"seen": seen, "question_fr": "Comment ?"})
    assert subject.theme_links.count() == 1


def test_subject_is_removed_while_nothing_hangs_from_it(visitor, cohort, subjects):
    held = subjects[1]
    held.idea_links.create(idea=make_idea(cohort))
    answers = [
        visitor.post(here("subject_remove", cohort, each.number)).status_code for each in subjects
    ]
    assert (answers, list(cohort.subjects.all())) == ([302, 409], [held])


def test_subjects_are_shown_to_the_cohort_by_one_button(visitor, cohort, subjects):
    for _click in range(2):
        visitor.post(here("subjects_release", cohort))
    assert cohort.subjects.filter(released_at=None).count() == 0


def test_choice_begins_with_today_and_tells_workshops_apart(visitor, cohort, workshop, subjects):
    form = visitor.get(here("decide", cohort)).context["form"]
    assert form["decided_on"].value() == cohort.today(timezone.now())
    assert [label for _key, label in form.fields["workshop"].choices][1:] == [
        "Listening workshop · Oct. 3, 2022"
    ]


def test_consensus_is_recorded(decide, cohort, subjects, workshop, staff):
    decide(subjects[1], reason_fr="Les deux groupes y tiennent", workshop=workshop.pk)
    decision = decisions.in_force(cohort)
    assert (decision.subject, decision.workshop, decision.recorded_by) == (
        subjects[1],
        workshop,
        staff,
    )
    assert str(decision.reason) == "Les deux groupes y tiennent"


def test_vote_is_recorded_with_what_each_received(decide, cohort, subjects):
    one, two = subjects
    more = {"method": "vote", "newcomer_voters": 20, "agent_voters": 7}
    decide(one, [(one, 12, 4), (two, 8, "")], **more)
    options = decisions.in_force(cohort).options
    kept = options.values_list("subject", "newcomer_votes", "agent_votes")
    assert list(kept) == [(one.pk, 12, 4), (two.pk, 8, 0)]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"newcomer_voters": 20, "agent_voters": 7}, "Not half of the voters"),
        ({"newcomer_voters": 20}, "how many of each group"),
        ({"newcomer_voters": 10, "agent_voters": 7}, "more people for it"),
    ],
)
def test_vote_that_chose_nothing_is_refused_in_words(decide, cohort, subjects, more, sentence):
    one, two = subjects
    response = decide(one, [(one, 12, 3), (two, 8, 4)], method="vote", **more)
    assert sentence in response.context["form"].non_field_errors()[0]
    assert cohort.decisions.count() == 0


@pytest.mark.parametrize("votes", [-1, "many"])
def test_votes_that_are_no_number_are_refused(decide, cohort, subjects, votes):
    voters = {"newcomer_voters": 20, "agent_voters": 7}
    response = decide(subjects[0], [(subjects[0], votes, 7)], method="vote", **voters)
    assert (response.status_code, cohort.decisions.count()) == (200, 0)


def test_decision_for_a_subject_of_another_cohort_is_refused(decide, cohort, subjects):
    assert decide(make_subject()).status_code == 200
    assert cohort.decisions.count() == 0


def test_decision_sent_twice_is_recorded_once(visitor, cohort, subjects):
    where = here("decide", cohort)
    data = filled(visitor.get(where).context["form"], subject=subjects[0].pk, method="consensus")
    data |= {"decided_on": TODAY}
    data.pop("reason")
    assert [visitor.post(where, data).status_code for _click in range(2)] == [302, 302]
    assert cohort.decisions.count() == 1


def test_decision_is_reopened_with_a_reason(visitor, cohort, subjects):
    decided(subjects[0])
    assert visitor.post(here("reopen", cohort), {"reason": " "}).status_code == 200
    visitor.post(here("reopen", cohort), {"reason": "Personne n’a compris"})
    assert cohort.decisions.get().reopened_on == cohort.today(timezone.now())
    assert cohort.subjects.candidates().count() == 2


def test_decision_is_not_reopened_once_there_are_ideas(visitor, cohort, subjects):
    decided(subjects[0])
    make_idea(cohort)
    response = visitor.post(here("reopen", cohort), {"reason": "Trop tard"})
    assert "Co-creation has started" in said(response)[0]
    page = visitor.get(here("subjects", cohort)).content
    assert (b"Reopen the decision" in page, b"Co-creation has started" in page) == (False, True)


def test_reopening_nothing_says_so(visitor, cohort):
    assert said(visitor.get(here("reopen", cohort))) == ["No subject is chosen."]


def test_subjects_are_hidden_from_others_until_shown(sign_in, newcomer, cohort, subjects):
    visitor = sign_in(newcomer)
    page = here("subjects", cohort)
    assert list(visitor.get(page).context["subjects"]) == []
    Subject.objects.update(released_at=NOW)
    assert list(visitor.get(page).context["subjects"]) == subjects
