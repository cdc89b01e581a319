import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import override

PEOPLE = SimpleNamespace(total=None)


def summary(number):
    names = ("workshops_held", "testimonies", "actions", "commitments")
    figures = {name: SimpleNamespace(value=number) for name in names}
    document = {"newcomers": PEOPLE, "agents": PEOPLE, "figures": figures}
    page = render_to_string("reports/document/summary.html", {"document": document, "part": {}})
    return re.findall(r"<li>(.+?)</li>", page)


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 1, "1 commitment"),
        ("en", 2, "2 commitments"),
        ("fr", 0, "0 engagement"),
        ("fr", 1, "1 engagement"),
        ("fr", 2, "2 engagements"),
        ("ar", 1, "1 التزام"),
        ("ar", 2, "2 التزامان"),
        ("ar", 3, "3 التزامات"),
        ("ar", 11, "11 التزامًا"),
        ("ar", 100, "100 التزام"),
    ],
)
def test_label_agrees_with_its_number(language, number, words):
    with override(language):
        assert strip_tags(summary(number)[-1]) == words
