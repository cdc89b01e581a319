"""Import a cohort's people from the spreadsheet in which staff keep them.

Three steps, so that nothing is written before somebody has seen what would be: `read_people` turns
a file into rows of text, `plan_import` says of each row whether it is new, the same as somebody who
is there, or a problem, and `plan.write` writes all of it or nothing. A person is matched within the
programme only, so that accounts elsewhere stay unknown: by e-mail, then phone, then exact name and
group in this cohort.
"""

import re
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cohorts import people_columns as columns
from cohorts.import_plan import Plan, Planned
from cohorts.models import AgeBand, Gender, User
from cohorts.names import FORMULA_SIGNS, LIKE_A_FORMULA, MISSING, has_letters
from cohorts.phones import normalise_phone
from cohorts.spreadsheets import read_sheets

LOOKED_THROUGH = 10  # rows among which the headers are looked for, below a title
# Two columns of these add up: "langue 1" and "langue 2".
JOINED = {"languages", "function", "needs"}


@dataclass(frozen=True)
class Row:
    """One row of the file: its number there, and the text under each known header."""

    number: int
    cells: dict


@dataclass(frozen=True)
class People:
    """What was read of a file; `ignored` names the columns that were left aside."""

    filename: str
    rows: list[Row]
    ignored: list[str]

    def as_data(self):
        return asdict(self)

    @classmethod
    def from_data(cls, data):
        return cls(**data | {"rows": [Row(**row) for row in data["rows"]]})


def read_people(file, filename, *, track=""):
    """Return the People in a spreadsheet, XLSX or CSV.

    `file` is a binary file object, `filename` its name, `track` the group of whoever states none.
    Headers may be French or English, in any order, below a title. Raises ValidationError, in words
    for staff, when the file cannot be read or no column holds names.
    """
    sheets = read_sheets(file)
    for rows in sheets:
        for index, headers in enumerate(rows[:LOOKED_THROUGH]):
            found = [columns.find_field(header) for header in headers]
            if {"name", "first_name"} & set(found):
                return People(filename, *people_below(rows, index, found, track))
    headers = next((row for rows in sheets for row in rows if any(row)), [])
    raise ValidationError(
        _("No column holds names. The first row of the file says: %(headers)s."),
        params={"headers": ", ".join(filter(None, headers))[:300]},
    )


def people_below(rows, index, found, track):
    headers = rows[index]
    people = [
        Row(number, cells_of(row, found, track))
        for number, row in enumerate(rows[index + 1 :], start=index + 2)
        if any(cell for cell in row if tidy(cell))
    ]
    if not people:
        raise ValidationError(_("This file has headers, but nobody below them."))
    ignored = [header for header, name in zip(headers, found, strict=True) if header and not name]
    return people, ignored


def cells_of(row, found, track):
    """Return {field: text}; of two columns of one field both count, or the first that is filled."""
    cells = dict.fromkeys(columns.HEADERS, "")
    for name, cell in zip(found, row, strict=False):
        text = tidy(cell)
        if name and text:
            together = f"{cells[name]}, {text}" if name in JOINED else cells[name]
            cells[name] = together if cells[name] else text
    cells["name"] = " ".join(filter(None, [cells.pop("first_name"), cells["name"]]))
    cells["track"] = cells["track"] or track
    return cells


def tidy(cell):
    text = " ".join(cell.split()) if "\n" not in cell else cell.strip()
    return "" if columns.says_nothing(text) else text


def people_named(names, track):
    """Return People of these names in one group, as if they had been read from a file."""
    cells = dict.fromkeys(columns.HEADERS, "") | {"track": track}
    rows = [Row(number, cells | {"name": name}) for number, name in enumerate(names, start=1)]
    return People("", rows, [])


def plan_import(cohort, people):
    """Return the Plan of importing `people` into `cohort`: nothing is written yet.

    Every row is planned as new, as the same person as somebody already there or on an earlier row,
    or as a problem with its reason.
    """
    return Plan(cohort, [understand(row) for row in people.rows], ignored=people.ignored)


def understand(row):
    """Return a row as Planned, its texts turned into what will be stored, or its problems said."""
    cells, planned = row.cells, Planned(row.number)
    planned.name = " ".join(cells["name"].split())
    planned.track = columns.find_track(cells["track"])
    planned.email = cells["email"].lower()
    planned.phone = read_phone(planned, cells["phone"])
    planned.organisation = " ".join(cells["organisation"].split())
    planned.function = " ".join(cells["function"].split())
    read_languages(planned, cells)
    read_counted(planned, cells)
    check(planned, cells)
    return planned


def read_phone(planned, text):
    """Return the phone in its stored form; a spreadsheet may have taken it for a number."""
    text = re.sub(r"\.0$", "", text)
    # A spreadsheet that takes a phone for a number drops its 0 or its +.
    if re.fullmatch(r"[1-9]\d{8}", text):
        text = f"0{text}"
    elif re.fullmatch(r"33[1-9]\d{8}", text):
        text = f"+{text}"
    try:
        return normalise_phone(text)
    except ValidationError as error:
        planned.problems.extend(error.messages)
        return None


def read_languages(planned, cells):
    planned.languages, unknown = columns.find_languages(cells["languages"])
    note_unknown(planned, unknown)
    planned.reads_french = columns.find_yes_or_no(cells["reads_french"])
    if cells["reads_french"] and planned.reads_french is None:
        note_unknown(planned, [cells["reads_french"]])
    wanted = columns.find_language(cells["contact_language"]) if cells["contact_language"] else ""
    planned.contact_language = wanted if wanted in dict(User.language.field.choices) else ""
    if cells["contact_language"] and not planned.contact_language:
        planned.notes.append(
            _("The screens do not exist in %(language)s; French is used.")
            % {"language": cells["contact_language"]}
        )


def read_counted(planned, cells):
    planned.gender = columns.find_gender(cells["gender"]) or Gender.NOT_STATED
    planned.age_band = columns.find_age_band(cells["age_band"]) or AgeBand.NOT_STATED
    planned.needs, unknown = columns.find_needs(cells["needs"])
    if cells["gender"] and not columns.find_gender(cells["gender"]):
        unknown.append(cells["gender"])
    if cells["age_band"] and not columns.find_age_band(cells["age_band"]):
        unknown.append(cells["age_band"])
    note_unknown(planned, unknown)


def note_unknown(planned, unknown):
    if unknown:
        planned.notes.append(
            _("Not understood, and left out: %(text)s.") % {"text": ", ".join(unknown)}
        )


def check(planned, cells):
    say = planned.problems.append
    if not has_letters(planned.name):
        say(str(MISSING))
    if len(planned.name) > User.name.field.max_length:
        say(_("The name is too long: at most 200 characters."))
    texts = [planned.name, planned.organisation, planned.function, planned.email]
    for text in texts:
        if text.startswith(FORMULA_SIGNS):
            say(LIKE_A_FORMULA % {"text": text})
    if len(planned.organisation) > 200 or len(planned.function) > 200:
        say(_("The organisation or the function is too long: at most 200 characters."))
    if not planned.track:
        say(unknown_track(cells["track"]))
    if planned.email and not is_email(planned.email):
        say(_("This is not an e-mail: %(text)s") % {"text": planned.email})


def unknown_track(text):
    if not text:
        return _("The group is missing: newcomers or public agents.")
    return _("This group is unknown: %(text)s. Write newcomers or public agents.") % {"text": text}


def is_email(text):
    try:
        User.email.field.run_validators(text)
    except ValidationError:
        return False
    return True
