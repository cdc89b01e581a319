import re
from dataclasses import dataclass, field

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.factories import make_user


@dataclass
class Stage:
    name: str = "Listening"
    dates_text: str = "November"
    lines: list = field(default_factory=list)
    lane: str = "apart"
    who: str = "Newcomers"
    is_ahead: bool = False
    is_current: bool = False
    is_first_of_lane: bool = False
    dots: list = field(default_factory=list)
    today: int | None = None


def render(name, request=None, **context):
    with override("en"):
        return render_to_string(f"components/{name}.html", context, request)


def journey(*stages):
    return render("journey", stages=stages)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("number", range(1, 9))
def test_journey_gives_each_gradient_its_own_name(number):
    html = journey(*[Stage(lane="meet") for _ in range(number)])
    names = re.findall(r' id="([^"]+)"', html)
    assert len(names) == len(set(names)) == 4 * number
    assert set(re.findall(r"url\(#([^)]+)\)", html)) == set(names)


def test_journey_tells_what_its_lanes_show():
    html = journey(Stage(), Stage(lane="meet", who="The two groups meet", is_current=True))
    told = re.findall(r'<p class="visually-hidden">(.+?)</p>', html)
    assert told == ["Newcomers", "The two groups meet"]
    assert html.count('aria-current="step"') == 1


def test_journey_names_the_lanes_where_they_begin():
    html = journey(
        Stage(is_first_of_lane=True), Stage(), Stage(lane="together", is_first_of_lane=True)
    )
    assert re.findall(r'<span class="lane-name \w">(.+?)</span>', html) == [
        "Newcomers",
        "Agents",
        "Together",
    ]


def test_journey_that_begins_with_the_meeting_names_both_lanes():
    html = journey(Stage(lane="meet", is_first_of_lane=True), Stage(lane="together"))
    assert html.count('class="lane-name ') == 2


def test_journey_without_a_meeting_joins_its_lanes_in_the_first_common_stage():
    html = journey(Stage(), Stage(lane="together", is_first_of_lane=True), Stage(lane="together"))
    assert html.count('class="wide joining"') == 1


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_journey_marks_today_in_numbers_that_a_browser_reads(language):
    with override(language):
        html = render_to_string(
            "components/journey.html", {"stages": [Stage(is_current=True, today=7.5)]}
        )
    assert 'width="7.5%"' in html


def test_journey_shows_which_workshops_were_held():
    html = journey(Stage(dots=[("n", True), ("a", False)]))
    assert re.findall(r'<li class="(n|a)( held)?">', html) == [("n", " held"), ("a", "")]


def test_journey_escapes_what_was_typed():
    assert "<b>" not in journey(Stage(name="<b>", dates_text="<b>", lines=["<b>"]))


@pytest.mark.parametrize(("taken", "shown"), [(0, 0), (3, 30), (10, 100)])
def test_bar_is_as_long_as_its_part(taken, shown):
    html = render("bar", value=taken, total=10, title=f"{taken} of 10")
    assert f'<rect width="{shown}" height="6"/>' in html
    assert f"<title>{taken} of 10</title>" in html


def test_bar_of_nothing_is_empty():
    assert '<rect width="0" height="6"/>' in render("bar", value=0, total=0, title="none")


def test_pagination_keeps_the_search(rf):
    page = Paginator(range(30), 10).page(2)
    html = render("pagination", rf.get("/people/?search=amina&page=2"), page=page)
    assert re.findall(r'href="([^"]+)"', html) == [
        "?search=amina&amp;page=1",
        "?search=amina&amp;page=3",
    ]


def test_pagination_of_one_page_shows_nothing(rf):
    assert words(render("pagination", rf.get("/"), page=Paginator([], 10).page(1))) == ""


def test_form_page_sends_files_only_where_it_takes_some(rf):
    html = render("form_page", rf.get("/"), form=None, submit="Save", cancel="/back/")
    assert "multipart" not in html
    assert words(html) == "Save Cancel"


def test_header_offers_security_and_signing_out(rf, db):
    html = render("account_menu", rf.get("/"), user=make_user("Camille"))
    assert words(html) == "Camille Camille My details My calendar Security Sign out"
