from tests.access.cohorts import of_person
from tests.access.table import STAFF_ONLY, Row

ROWS = [
    Row("home", ("in", 302, 200, 200, 200, 200, 302, 200), make=lambda world: []),
    Row("board", ("in", 404, 302, 302, 302, 302, 200, 404)),
    Row("person_erase", STAFF_ONLY, of_person),
]
