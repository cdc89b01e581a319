from tests.access.cohorts import of_person
from tests.access.table import STAFF_ONLY, Row

ROWS = [
    Row("person_erase", STAFF_ONLY, of_person),
]
