from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    NOW,
    make_facilitator,
    make_idea,
    make_released_theme,
    make_subject,
    make_testimony,
    make_theme,
    make_user,
)
from tests.typing import filled
from workshops.models import Theme, Workshop

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def visitor(sign_in, staff):
    return sign_in(staff)


@pytest.fixture
def closed(workshop):
    Workshop.objects.filter(pk=workshop.pk).update(notes_closed_at=NOW)
    workshop.refresh_from_db()
    return workshop


def of_theme(name, theme, *more):
    return reverse(f"workshops:{name}", args=[theme.cohort.slug, theme.number, *more])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# --- Sorting ------------------------------------------------------------------------------------


@pytest.fixture
def sort(visitor, cohort):
    def sort(*testimonies, **more):
        where = reverse("workshops:themes", args=[cohort.slug])
        return visitor.post(where, {"testimonies": [each.pk for each in testimonies]} | more)

    return sort


def test_sorting_puts_several_into_a_theme(sort, closed, cohort, staff):
    ticked = [make_testimony(closed, number=number) for number in (1, 2, 3)]
    theme = make_theme(cohort)
    sort(*ticked, theme=theme.pk)
    links = theme.testimony_links.values_list("testimony", "recorded_by")
    assert set(links) == {(testimony.pk, staff.pk) for testimony in ticked}


@pytest.mark.parametrize(("numbers", "said"), [([], "No testimony yet"), ([1], "All is sorted")])
def test_sorting_done_is_told_from_nothing_to_sort(visitor, closed, cohort, numbers, said):
    make_theme(cohort, [make_testimony(closed, number=number) for number in numbers])
    page = visitor.get(reverse("workshops:themes", args=[cohort.slug])).content.decode()
    assert [text in page for text in ("No testimony yet", "All is sorted")] == [
        said == "No testimony yet",
        said == "All is sorted",
    ]


def test_sorting_makes_a_theme_on_the_fly(sort, closed, cohort):
    testimony = make_testimony(closed, number=1)
    sort(testimony, new_theme="Premier courrier")
    theme = cohort.themes.get()
    assert (theme.title, theme.testimony_links.get().testimony) == (
        {"en": "Premier courrier"},
        testimony,
    )


def test_sorting_sent_twice_makes_one_theme(visitor, closed, cohort):
    testimony = make_testimony(closed, number=1)
    where = reverse("workshops:themes", args=[cohort.slug])
    form = visitor.get(where).context["form"]
    data = filled(form, testimonies=[testimony.pk], new_theme="Premier courrier")
    for _click in range(2):
        visitor.post(where, data)
    assert cohort.themes.count() == 1


@pytest.mark.parametrize("more", [{}, {"new_theme": "   "}, {"theme": "999"}])
def test_sorting_needs_a_theme(sort, closed, cohort, more):
    response = sort(make_testimony(closed, number=1), **more)
    assert (response.status_code, cohort.themes.count()) == (200, 0)
    assert "theme" in response.context["form"].errors


def test_sorting_refuses_both_a_theme_and_a_new_one(sort, closed, cohort):
    response = sort(make_testimony(closed, number=1), theme=make_theme(cohort).pk, new_theme="x")
    assert (response.status_code, cohort.themes.count()) == (200, 1)


def test_sorting_needs_a_testimony(sort, cohort):
    response = sort(theme=make_theme(cohort).pk)
    assert response.context["form"].errors["testimonies"] == ["Tick at least one testimony."]


def test_sorting_keeps_to_its_cohort(sort, closed, cohort):
    here, elsewhere = make_testimony(closed, number=1), make_testimony(number=1)
    assert sort(elsewhere, new_theme="x").status_code == 200
    assert sort(here, theme=make_theme().pk).status_code == 200
    assert not Theme.objects.exclude(testimony_links=None).exists()


def test_sorting_shows_what_is_not_sorted_first(visitor, closed, cohort):
    waiting, done = (make_testimony(closed, number=number) for number in (1, 2))
    make_theme(cohort, [done])
    where = reverse("workshops:themes", args=[cohort.slug])
    assert list(visitor.get(where).context["testimonies"]) == [waiting]
    assert list(visitor.get(where + "?all").context["testimonies"]) == [waiting, done]


def test_sorting_is_for_staff(sign_in, newcomer, cohort):
    where = reverse("workshops:themes", args=[cohort.slug])
    assert sign_in(newcomer).post(where, {"new_theme": "x"}).status_code == 403


def test_testimony_taken_out_stays_in_its_other_theme(visitor, closed, cohort):
    testimony = make_testimony(closed, number=1)
    theme, other = (make_theme(cohort, [testimony]) for _each in range(2))
    visitor.post(of_theme("theme_take_out", theme, testimony.pk))
    assert [link.theme for link in testimony.theme_links.all()] == [other]


# --- Writing ------------------------------------------------------------------------------------


def test_theme_is_added(visitor, cohort, staff):
    where = reverse("workshops:theme_add", args=[cohort.slug])
    response = visitor.post(where, {"title_fr": "Premier courrier", "need_fr": "Comprendre"})
    theme = cohort.themes.get()
    assert (response["Location"], str(theme.title)) == (
        theme.get_absolute_url(),
        "Premier courrier",
    )
    assert (theme.reference, theme.status, theme.recorded_by) == ("TH-1", "draft", staff)


def test_theme_needs_a_title(visitor, cohort):
    where = reverse("workshops:theme_add", args=[cohort.slug])
    response = visitor.post(where, {"title_fr": "  ", "need_fr": "Comprendre"})
    assert (list(response.context["form"].errors), cohort.themes.count()) == (["title"], 0)


def edited(visitor, theme, **typed):
    where = of_theme("theme_edit", theme)
    form = visitor.get(where).context["form"]
    data = {name: form[name].value() for name in ("seen", "once")}
    shown = {"title_fr": theme.title["fr"]}
    return lambda: visitor.post(where, data | shown | typed)


def test_released_theme_with_new_words_is_hidden_until_checked(visitor, cohort):
    theme = make_released_theme(cohort)
    response = edited(visitor, theme, title_fr="Autres mots")()
    theme.refresh_from_db()
    assert (theme.status, theme.checked_at) == ("validated", None)
    assert "no longer shown" in said(response)[-1]


def test_released_theme_with_a_new_flag_stays(visitor, cohort):
    theme = make_released_theme(cohort, need={"fr": "Une ligne\nune autre"})
    edited(visitor, theme, is_serious_voice="on", need_fr="Une ligne\r\nune autre")()
    theme.refresh_from_db()
    assert (theme.status, theme.is_serious_voice) == ("released", True)


def test_theme_in_a_stale_tab_is_not_overwritten(visitor, cohort):
    theme = make_theme(cohort)
    send = edited(visitor, theme, title_fr="De l’ancien onglet")
    Theme.objects.update(title={"fr": "Entre-temps"})
    assert send().status_code == 200
    theme.refresh_from_db()
    assert str(theme.title) == "Entre-temps"


def test_theme_edited_by_a_double_click_is_saved_once_and_without_complaint(visitor, cohort):
    send = edited(visitor, make_theme(cohort), title_fr="Nouveau")
    assert [send().status_code, send().status_code] == [302, 302]


def test_theme_is_removed_while_nothing_hangs_from_it(visitor, closed, cohort):
    free, held = make_theme(cohort), make_theme(cohort, [make_testimony(closed, number=1)])
    answers = [visitor.post(of_theme("theme_remove", each)).status_code for each in (free, held)]
    assert (answers, list(cohort.themes.all())) == ([302, 409], [held])


def test_theme_says_in_words_what_hangs_from_it(visitor, closed, cohort):
    theme = make_theme(cohort, [make_testimony(closed, number=1)])
    make_subject(cohort).theme_links.create(theme=theme)
    response = visitor.get(of_theme("theme_remove", theme))
    assert sorted(response.context["hanging"]) == ["Subjects: 1", "Testimonies: 1"]


@pytest.mark.parametrize("make", [make_subject, make_idea])
def test_theme_that_something_builds_on_stays(visitor, cohort, make):
    theme, item = make_theme(cohort), make(cohort)
    item.theme_links.create(theme=theme)
    assert visitor.post(of_theme("theme_remove", theme)).status_code == 409


@pytest.mark.parametrize("name", ["theme", "theme_edit", "theme_remove", "theme_validate"])
def test_theme_unknown_or_of_another_cohort_is_not_there(visitor, cohort, name):
    make_theme(cohort)
    for number in (2, 999):
        where = reverse(f"workshops:{name}", args=[cohort.slug, number])
        assert visitor.get(where).status_code == 404


# --- States -------------------------------------------------------------------------------------


def validated(visitor, theme, day):
    where = of_theme("theme_validate", theme)
    form = visitor.get(where).context["form"]
    data = {name: form[name].value() for name in ("seen", "once")}
    return visitor.post(where, data | {"validated_on": day, "what_changed_fr": "Un mot"})


def test_theme_is_validated_with_the_day_and_what_changed(visitor, cohort):
    theme = make_theme(cohort)
    validated(visitor, theme, TODAY)
    theme.refresh_from_db()
    assert (theme.status, theme.validated_on) == ("validated", TODAY)
    assert str(theme.what_changed) == "Un mot"


@pytest.mark.parametrize("day", ["", timezone.now().date() + timedelta(days=2), "2022-13-40"])
def test_theme_is_not_validated_on_a_day_that_cannot_be(visitor, cohort, day):
    theme = make_theme(cohort)
    response = validated(visitor, theme, day)
    theme.refresh_from_db()
    assert (list(response.context["form"].errors), theme.status) == (["validated_on"], "draft")


def test_theme_is_released_after_the_check(visitor, cohort):
    theme = make_theme(cohort, status="validated", validated_on=TODAY)
    visitor.post(of_theme("theme_release", theme))
    theme.refresh_from_db()
    assert theme.status == "validated"
    visitor.post(of_theme("theme_check", theme), {"seen": theme.words_digest})
    visitor.post(of_theme("theme_release", theme))
    theme.refresh_from_db()
    assert theme.status == "released"


def test_theme_check_speaks_of_the_words_that_the_page_showed(visitor, cohort):
    theme = make_theme(cohort)
    shown = visitor.get(theme.get_absolute_url()).context["theme"].words_digest
    Theme.objects.update(need={"fr": "Amina a besoin de nous"})
    response = visitor.post(of_theme("theme_check", theme), {"seen": shown})
    theme.refresh_from_db()
    assert theme.checked_at is None
    assert "Somebody changed this" in said(response)[0]


def test_theme_check_is_refused_to_its_writer(visitor, cohort, staff):
    theme = make_theme(cohort, recorded_by=staff)
    assert visitor.post(of_theme("theme_check", theme)).status_code == 403


def test_theme_check_is_offered_to_a_facilitator_of_where_it_was_heard(sign_in, closed, cohort):
    theme = make_theme(cohort, [make_testimony(closed, number=1, text={"fr": "planted"})])
    page = sign_in(make_facilitator(closed)).get(theme.get_absolute_url()).content.decode()
    assert ("They identify nobody" in page, "planted" in page) == (True, False)


def test_theme_check_is_not_offered_to_other_facilitators(sign_in, cohort, closed):
    theme = make_released_theme(cohort)
    Theme.objects.update(checked_at=NOW)
    page = sign_in(make_facilitator(closed)).get(theme.get_absolute_url()).content.decode()
    assert "They identify nobody" not in page


def test_theme_is_taken_back_after_a_question(visitor, cohort):
    theme = make_released_theme(cohort)
    where = of_theme("theme_take_back", theme)
    assert b"No longer show this theme?" in visitor.get(where).content
    for _click in range(2):
        visitor.post(where, {"seen": "released"})
    theme.refresh_from_db()
    assert theme.status == "validated"


# --- What others see ----------------------------------------------------------------------------


@pytest.mark.parametrize("reader", ["newcomer", "agent", "coordinator", "facilitator"])
def test_pages_of_others_hold_no_testimony_and_no_count(request, sign_in, reader, closed, cohort):
    planted = make_testimony(closed, number=1, text={"fr": "planted"}, original_text="planted")
    theme = make_released_theme(cohort, testimonies=[planted], recorded_by=make_user())
    visitor = sign_in(request.getfixturevalue(reader))
    for where in (
        reverse("workshops:listening", args=[cohort.slug]),
        reverse("workshops:themes", args=[cohort.slug]),
        theme.get_absolute_url(),
    ):
        page = visitor.get(where).content.decode()
        assert str(theme.title["fr"]) in page
        assert ("planted" in page, "testimon" in page, "T-1" in page) == (False, False, False)


def test_page_of_others_says_that_a_source_was_withdrawn(sign_in, newcomer, closed, cohort):
    testimony = make_testimony(closed, number=1)
    theme = make_released_theme(cohort, testimonies=[testimony])
    testimony.withdraw()
    page = sign_in(newcomer).get(theme.get_absolute_url()).content.decode()
    assert "A source of this was withdrawn" in page


def test_loose_ends_are_named_with_a_link(visitor, cohort):
    theme = make_released_theme(cohort)
    page = visitor.get(reverse("workshops:thread", args=[cohort.slug])).content.decode()
    assert ("Themes that nobody took up" in page, theme.get_absolute_url() in page) == (True, True)
