from tests.access.cohorts import of_person
from tests.access.table import STAFF_ONLY, Row

EVERYBODY = (302, 302, 302, 302, 302, 302, 302, 302)
FRENCH = {"language": "fr"}

ROWS = [
    Row("set_language", EVERYBODY, lambda world: [], method="post", data=FRENCH),
    Row("person_erase", STAFF_ONLY, of_person),
]
