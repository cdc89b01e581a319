from tests.access.cohorts import of_person
from tests.access.table import STAFF_ONLY, Row

EVERYBODY = (302, 302, 302, 302, 302, 302, 302, 302)
FRENCH = {"language": "fr"}

ROWS = [
    Row("home", ("in", 302, 200, 200, 200, 200, 302, 200), make=lambda world: []),
    Row("board", ("in", 404, 302, 302, 302, 302, 200, 404)),
    Row("set_language", EVERYBODY, lambda world: [], method="post", data=FRENCH),
    Row("person_erase", STAFF_ONLY, of_person),
]
