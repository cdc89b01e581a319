from datetime import date

from cohorts.dates import date_range


def test_date_range_of_one_day_is_that_day():
    assert date_range(date(2023, 1, 17)) == "17\xa0January\xa02023"


def test_date_range_says_once_what_both_days_share():
    assert date_range(date(2022, 9, 5), date(2022, 9, 30)) == "5 – 30\xa0September\xa02022"


def test_date_range_breaks_between_its_dates_only():
    spoken = date_range(date(2022, 9, 5), date(2022, 10, 14))
    assert spoken == "5\xa0September – 14\xa0October\xa02022"
