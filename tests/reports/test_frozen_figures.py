import json

import pytest

from reports.figures import Count
from reports.frozen_figures import as_json, from_json
from reports.suppression import publish, publish_answers, publish_size

TOLD = {
    "participants": publish({"newcomers": 20, "agents": 7, "not_stated": 0}),
    "gender": publish({"woman": 14, "man": 3, "not_stated": 0}),
    "organisations": publish({"Montreuil": 2, "not_stated": 0}),
    "languages": publish_answers({"fr": 27, "ar": 6, "ti": 2}, 27),
    "guests": publish_size(17),
}


def test_figures_of_people_come_back_from_an_edition_as_they_were():
    assert from_json(json.loads(json.dumps(as_json(TOLD)))) == TOLD


def test_figures_of_things_are_kept_and_not_compared():
    kept = as_json({"themes": Count(8)})
    assert (kept, from_json(kept)) == ({"themes": {"count": 8}}, {})


def test_figure_that_is_no_longer_told_is_left_out():
    assert from_json({"shoe_size": {"total": 27, "cells": None}}) == {}


def test_edition_that_tells_too_much_is_not_read():
    with pytest.raises(ValueError, match="told"):
        from_json({"gender": {"total": 27, "cells": [["woman", 24], ["man", 3]]}})
