"""From an empty programme to a workshop that was held: staff, and those who come."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.spreadsheets import xlsx

COHORT = "Plaine Commune 2026"
PEOPLE = (
    ("Nom", "Groupe", "E-mail", "Téléphone", "Langues parlées", "Organisation"),
    ("Zohra Karimi", "nouveaux arrivants", "", "06 39 98 10 01", "dari, français", ""),
    ("Yonas Tesfay", "nouveaux arrivants", "", "06 39 98 10 02", "tigrinya", ""),
    ("Oksana Melnyk", "nouveaux arrivants", "", "06 39 98 10 03", "ukrainien", ""),
    ("Bruno Lemaire", "acteurs publics", "bruno@ville.example", "", "français", "Saint-Denis"),
    ("Hélène Faure", "acteurs publics", "helene@ville.example", "", "français", "Aubervilliers"),
    ("Ibrahim Sow", "nouveaux arrivants", "sans adresse", "", "français", ""),
)
NAMES = [row[0] for row in PEOPLE[1:]]
CAME = ["Zohra Karimi", "Oksana Melnyk", "Bruno Lemaire", "Hélène Faure"]
REFUSED = (
    "Nothing was written: mend the rows with a problem in your file, or tick those to leave out."
)
MEETING = "Joint meeting"


def days_away(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def create_cohort(staff):
    staff.follow("Add a cohort")
    staff.fill("Name", COHORT)
    staff.fill("Starts on", days_away(-90))
    staff.fill("Ends on", days_away(90))
    staff.fill("Host authority", "Plaine Commune")
    staff.fill("Partner cities, one per line", "Saint-Denis\nAubervilliers")
    staff.press("Add the cohort")
    staff.go_to("Cohort")
    staff.sees("co-creation")


def import_people(staff):
    """One row has no e-mail where one is meant: nothing is written before it is left out."""
    staff.go_to("People")
    staff.follow("Import a spreadsheet")
    staff.attach("Spreadsheet", "personnes.xlsx", xlsx(*PEOPLE).read())
    staff.press("Show what it would do")
    staff.press(re.compile(r"\b5\b"))
    staff.sees(REFUSED)
    staff.tick(re.compile(r"\b7\b"))
    staff.press(re.compile(r"\b5\b"))
    staff.sees("Zohra Karimi")


def plan_listening(staff):
    add_workshop(staff, "listening workshop", group="newcomers", days=(-1, -1))
    staff.press("Add the workshop")
    staff.press("Is coming", within=staff.row("Zohra Karimi"))
    staff.press("Is coming", within=staff.row("Yonas Tesfay"))


def plan_meeting(staff):
    """From yesterday to tomorrow: one can still register, and attendance be taken."""
    add_workshop(staff, "joint meeting", group="both groups", days=(-1, 1))
    staff.unfold("How one comes")
    staff.tick("by registration")
    staff.fill("Seats", 10)
    staff.fill("Seats kept for newcomers", 4)
    staff.fill("Seats kept for public agents", 4)
    staff.press("Add the workshop")
    staff.press("Open registration")


def add_workshop(staff, kind, group, days):
    staff.go_to("Workshops")
    staff.follow("Add a workshop")
    staff.choose("Kind", kind)
    staff.choose("Group", group)
    staff.fill("Date", days_away(days[0]))
    staff.fill("Last day", days_away(days[1]))
    staff.fill("Place", "Hôtel de ville")


def register_people(staff):
    staff.follow("Register people")
    staff.tick(re.compile("Oksana Melnyk"))
    staff.tick(re.compile("Hélène Faure"))
    staff.press("Register")
    staff.sees("Oksana Melnyk")


def print_card(staff, name):
    """Return the eight characters, which are shown this once."""
    staff.go_to("People")
    staff.follow(name)
    staff.follow("Issue a personal card")
    staff.press("Make the card")
    staff.press("Print")
    return "".join(staff.page.locator(".code span").all_inner_texts())


def say_i_come(person):
    person.press("I'm coming")
    person.sees("You have a place. See you there!")


def take_attendance(staff):
    """Everybody at every half-day, but one person at the first."""
    staff.go_to("Workshops")
    staff.follow(MEETING)
    staff.follow("Take attendance")
    columns = staff.find("group", "All present").get_by_role("button").all_inner_texts()
    for half_day in columns:
        staff.press(half_day, within=staff.find("group", "All present"))
    staff.tick("Absent", within=staff.page.get_by_role("group", name=re.compile("Hélène")).first)
    staff.press("Save and close…")
    staff.press("Close attendance")
    staff.sees("Attendance is closed: the workshop is held.")


def print_sheet(staff):
    staff.follow(MEETING)
    return staff.file_behind("Print the sheet")
