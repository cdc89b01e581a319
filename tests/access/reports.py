from tests.access.table import STAFF_ONLY, Row

ROWS = [
    Row(
        "reports:sheet",
        STAFF_ONLY,
        lambda world: [world["cohort"].slug, world["workshop"].pk],
    ),
]
