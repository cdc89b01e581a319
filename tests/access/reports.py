from tests.access.table import EVERYBODY_IN_COHORT, STAFF_ONLY, Row
from tests.reports.sample import make_edition
from tests.reports.test_certificates import make_certified


def of_workshop(world):
    return [world["cohort"].slug, world["workshop"].pk]


def of_person_who_came(world):
    person = make_certified(world["cohort"])
    return [world["cohort"].slug, person.pk]


def of_cohort_that_met(world):
    make_certified(world["cohort"])
    return [world["cohort"].slug]


def of_language(world):
    return [world["cohort"].slug, "fr"]


def of_text(world):
    return [world["cohort"].slug, "summary", "fr"]


def of_edition(world):
    return [world["cohort"].slug, make_edition(world["cohort"]).number]


def of_file(world):
    return [*of_edition(world), "fr"]


ROWS = [
    Row("reports:sheet", STAFF_ONLY, of_workshop, is_page=False),
    Row("reports:certificate", STAFF_ONLY, of_person_who_came, is_page=False),
    Row("reports:certificates", STAFF_ONLY, of_cohort_that_met, is_page=False),
    Row("reports:show", STAFF_ONLY),
    Row("reports:text", STAFF_ONLY, of_text),
    Row("reports:preview", STAFF_ONLY, of_language),
    Row(
        "reports:preview_file",
        STAFF_ONLY,
        of_language,
        is_page=False,
    ),
    Row("reports:publish", STAFF_ONLY),
    Row("reports:editions", EVERYBODY_IN_COHORT),
    Row("reports:edition", EVERYBODY_IN_COHORT, of_edition),
    Row("reports:file", EVERYBODY_IN_COHORT, of_file, is_page=False),
]
