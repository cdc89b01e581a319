from tests.access.cohorts import of_person
from tests.access.table import STAFF_ONLY, Row
from tests.factories import make_guest


def of_new_guest(world):
    return [world["cohort"].slug, make_guest(world["cohort"]).pk]


EVERYBODY = (302, 302, 302, 302, 302, 302, 302, 302)
FRENCH = {"language": "fr"}
NOBODY = (404, 404, 404, 404, 404, 404, 404, 404)

ROWS = [
    Row("home", ("in", 302, 200, 200, 200, 200, 302, 200), make=lambda world: []),
    Row("board", ("in", 404, 302, 302, 302, 302, 200, 404)),
    Row("set_language", EVERYBODY, lambda world: [], method="post", data=FRENCH),
    # Without EMBRACE_DEMO it is not there.
    Row("demo_sign_in", NOBODY, lambda world: ["token"]),
    Row("person_erase", STAFF_ONLY, of_person),
    Row("guest_erase", STAFF_ONLY, of_new_guest),
]
