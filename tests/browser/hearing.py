"""From what is said in a listening workshop to an action that an institution is asked for."""

import re

from tests.browser.gathering import days_away

HEARD = "Personne ne nous dit à qui demander un logement."
QUOTES = ("Les cours sont complets partout.", "On attend un cours depuis un an.")
NAMING = "Yonas attend un cours depuis un an."
THEME, OTHER_THEME = "Trouver un cours", "Savoir à qui parler"
QUESTION = {
    "Français": "Comment ouvrir des cours à tout le monde ?",
    "English": "How can classes be opened to everybody?",
}
OTHER_QUESTION = "Comment savoir à qui s’adresser ?"
VOTES = {"S-1": (2, 1), "S-2": (0, 1)}
IDEAS = ("Des cours du soir à la mairie", "Une navette vers les cours")
ACTION = {"Français": "Ouvrir des cours du soir", "English": "Open evening classes"}
BUS = "Le bus vient d’être renforcé."


def note(staff, words):
    staff.fill("What was heard", words)
    staff.press("Save and write the next")


def note_testimonies(staff):
    """What names somebody of the cohort is not saved, but put in other words."""
    staff.go_to("Workshops")
    staff.follow("Listening workshop")
    staff.follow("Notes")
    note(staff, HEARD)
    note(staff, QUOTES[0])
    note(staff, NAMING)
    staff.sees("This could tell who spoke:")
    note(staff, QUOTES[1])
    staff.sees(QUOTES[1])


def close_notes(staff):
    staff.follow("Read back and close")
    for quote in QUOTES:
        staff.tick("May be quoted", within=staff.row(quote))
    staff.press("Close the notes")


def sort_into_themes(staff):
    staff.follow("Sort testimonies")
    sort(staff, QUOTES, THEME)
    sort(staff, [HEARD], OTHER_THEME)
    staff.follow(THEME)
    staff.follow("Validated with newcomers")
    staff.fill("Validated with newcomers on", days_away(0))
    staff.press("Save")


def sort(staff, testimonies, theme):
    for words in testimonies:
        staff.tick(words)
    staff.fill("or a new theme", theme)
    staff.press("Sort")


def find_no_check_to_make(note_taker):
    note_taker.go_to("Listening")
    note_taker.follow("Check")
    note_taker.sees(
        "You took notes at this workshop, so somebody else has to check them: "
        "a colleague, or while the notes are open a facilitator."
    )


def check_and_release(second_person):
    second_person.go_to("Listening")
    second_person.follow("Check")
    second_person.press("I confirm that the others identify nobody")
    second_person.go_to("Listening")
    second_person.follow(THEME)
    second_person.press("They identify nobody")
    second_person.press("Show it to the cohort")


def propose_subjects(staff):
    staff.go_to("Subject")
    add_subject(staff, QUESTION, THEME)
    add_subject(staff, {"Français": OTHER_QUESTION}, OTHER_THEME)
    staff.press("Show them to the cohort")


def add_subject(staff, question, theme):
    staff.follow("Add a candidate")
    staff.fill_in_languages("Question", question)
    staff.tick(re.compile(theme))
    staff.press("Save")


def record_vote(staff):
    staff.follow("Record the choice")
    staff.tick(re.compile(QUESTION["Français"].removesuffix(" ?")))
    staff.tick("vote")
    staff.fill("Decided on", days_away(0))
    staff.choose("Workshop", "joint meeting")
    staff.fill("Newcomers who took part", 2)
    staff.fill("Public agents who took part", 2)
    for subject, (newcomers, agents) in VOTES.items():
        staff.fill(f"{subject}, {staff.read('Newcomers for it')}", newcomers)
        staff.fill(f"{subject}, {staff.read('Public agents for it')}", agents)
    staff.press("Record the choice")
    staff.sees("Chosen together")


def note_ideas(staff):
    staff.go_to("Co-creation")
    staff.follow("Add ideas")
    staff.fill("Ideas, one per line", "\n".join(IDEAS))
    staff.fill("Table", 1)
    staff.press("Add")
    staff.press("Show them to the cohort")


def decide_on_ideas(staff):
    staff.press("Keep", within=staff.row(IDEAS[0]))
    staff.follow("Set aside", within=staff.row(IDEAS[1]))
    staff.fill_in_languages("Why it was set aside", {"Français": BUS})
    staff.press("Set aside")


def work_out_action(staff, lead):
    staff.tick(re.compile("I-1"))
    staff.press("Work out an action from the ideas ticked")
    staff.fill_in_languages("Title", ACTION)
    staff.choose("Led by", lead)
    staff.fill_in_languages("First step", {"Français": "Trouver deux salles"})
    staff.fill("First step by", days_away(40))
    staff.press("Save")
    staff.follow("Propose it")
    staff.press("Propose it")
