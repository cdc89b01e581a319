"""From a proposed action to the report that its institution takes home."""

import io
import re

from pypdf import PdfReader

from tests.browser import gathering, hearing
from tests.browser.gathering import days_away
from tests.browser.hearing import ACTION

ANSWER = "Dès la rentrée prochaine."
SUMMARY = {"fr": "Deux groupes ont travaillé ensemble.", "en": "Two groups worked together."}
TOLD = {
    "fr": [
        gathering.COHORT, SUMMARY["fr"], hearing.THEME, *hearing.QUOTES,
        hearing.QUESTION["Français"], *hearing.IDEAS, hearing.BUS, ACTION["Français"], ANSWER,
    ],
    "en": [SUMMARY["en"], hearing.QUESTION["English"], ACTION["English"]],
}  # fmt: skip
PRIVATE = [
    *(word for name in gathering.NAMES for word in name.split()),
    *(contact for row in gathering.PEOPLE[1:] for contact in row[2:4] if contact),
    "33639981", "@", hearing.HEARD, hearing.OTHER_THEME,
]  # fmt: skip


def appoint_coordinator(staff, name, email, institution):
    staff.go_to("Cohort")
    staff.follow("Team and coordinators")
    staff.follow("Add somebody")
    staff.fill("Name", name)
    staff.fill("E-mail", email)
    staff.tick("coordinator of an institution")
    staff.choose("Institution", institution)
    staff.press("Add")


def find_action_to_answer(coordinator):
    coordinator.sees("These wait for your answer:")
    coordinator.follow(ACTION["Français"])


def record_answer(staff):
    staff.go_to("Actions")
    staff.follow(ACTION["Français"])
    staff.follow("Enter its answer")
    staff.tick("accepted")
    staff.choose("Decided by", "elected official")
    staff.fill("Answered on", days_away(0))
    staff.fill_in_languages("In their words", {"Français": ANSWER})
    staff.press("Save the answer")
    staff.sees(ANSWER)


def write_summary(staff):
    staff.go_to("Report")
    for language, text in SUMMARY.items():
        staff.follow(re.compile(rf": {staff.read('Summary')} \({language}\)$"))
        staff.fill("Text", text)
        staff.press("Save")


def publish(staff, reader):
    staff.follow("Publish")
    staff.choose("Read and approved by", reader)
    staff.tick("I have read the preview. What is published cannot be changed afterwards.")
    staff.press("Publish")
    staff.sees(SUMMARY[staff.language])


def download_report(coordinator):
    """Return the text of each language's PDF."""
    coordinator.follow("Embrace")
    coordinator.follow(re.compile("1"), within=coordinator.card("The report"))
    texts = {}
    for language, name in (("fr", "French"), ("en", "English")):
        coordinator.follow(name, within=coordinator.find("navigation", "Language"))
        texts[language] = text_of(coordinator.download("Download the PDF"))
    return texts


def text_of(pdf):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split())
