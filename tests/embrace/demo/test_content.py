from datetime import date, datetime, time

from embrace.demo.content import chosen, dated, read

TODAY = date(2024, 2, 28)


def test_days_are_counted_from_the_day_of_loading():
    told = {"idea": [{"asked_in_days": -28, "kind": "x"}], "first_step_in_days": 2}
    assert dated(told, TODAY) == {
        "idea": [{"asked_on": date(2024, 1, 31), "kind": "x"}],
        "first_step_on": date(2024, 3, 1),
    }


def test_times_are_those_of_their_day():
    told = {"in_days": 1, "starts_at": time(9), "ends_at": time(12, 30)}
    assert dated(told, TODAY) == {
        "starts_at": datetime(2024, 2, 29, 9),
        "ends_at": datetime(2024, 2, 29, 12, 30),
    }


def test_fields_that_are_not_said_are_left_out():
    assert chosen({"a": 1, "b": ""}, "b", "c") == {"b": ""}


def test_second_cohort_speaks_to_newcomers_in_arabic_too():
    told = read("second", TODAY)
    kinds = ("workshop", "theme", "subject", "idea", "action")
    texts = [
        text
        for kind in kinds
        for entry in told[kind]
        for text in entry.values()
        if isinstance(text, dict) and "fr" in text
    ]
    assert [text["fr"] for text in texts if "ar" not in text] == []
