"""What was heard, from the desk to the released themes."""

from datetime import timedelta
from itertools import cycle

from embrace.demo.content import chosen
from embrace.demo.scene import saved
from workshops import listening
from workshops.models import Theme

ABOUT = ("kind", "service", "competence", "severity", "quotable")
SORTED_BEFORE = timedelta(days=4)


def listen(scene):
    """Take the notes of each listening workshop, close and check those that are, sort them."""
    for entry in scene.entries("workshop"):
        if entry["kind"] == "listening":
            take_notes(scene, entry)
    for entry in scene.entries("theme"):
        add_theme(scene, entry)
    for entry in scene.entries("testimony"):
        if "withdrawn_on" in entry:
            at = scene.moment(entry["withdrawn_on"], hour=12)
            listening.withdraw(scene.testimonies[entry["text"]["fr"]], at=at)


def take_notes(scene, entry):
    workshop = scene.workshops[entry["key"]]
    takers = [scene.user(name) for name in entry["note_takers"]]
    heard = [each for each in scene.entries("testimony") if each["workshop"] == entry["key"]]
    for taker, said in zip(cycle(takers), heard, strict=False):
        note(workshop, said, by=taker, at=workshop.ends_at)
    if "notes_closed_on" not in entry:
        return
    at = scene.moment(entry["notes_closed_on"], hour=18)
    closed = listening.close_notes(workshop, by=takers[0], at=at)
    checker = scene.user(entry["checked_by"])
    quotable = workshop.testimonies.to_check()
    listening.confirm_checks(workshop, quotable, exceptions=[], by=checker, at=at)
    scene.testimonies |= {testimony.text["fr"]: testimony for testimony in closed}


def note(workshop, said, *, by, at):
    """What was spoken in French is its own original."""
    language = said.get("language", "")
    spoken = {
        "original_language": language,
        "original_text": said.get("original", said["text"]["fr"] if language == "fr" else ""),
    }
    about = chosen(said["about"], *ABOUT)
    listening.note(workshop, by=by, at=at, text=said["text"], **spoken, **about)


def add_theme(scene, entry):
    validated = entry["validated_on"]
    made = {"by": scene.host, "at": scene.moment(validated - SORTED_BEFORE)}
    theme = saved(
        Theme(
            cohort=scene.cohort,
            is_serious_voice=entry.get("serious_voice", False),
            recorded_by=made["by"],
            recorded_at=made["at"],
            **chosen(entry, "title", "need"),
        )
    )
    scene.themes[entry["key"]] = theme
    theme.take_in(heard_about(scene, entry["key"]), **made)
    theme.validate_with_newcomers(
        on=validated, what_changed=entry["what_changed"], by=theme.recorded_by
    )
    checker = next(user for user in scene.staff if theme.can_be_checked_by(user))
    theme.check_identity(by=checker, at=scene.moment(validated, hour=16))
    theme.release()


def heard_about(scene, key):
    return [
        scene.testimonies[entry["text"]["fr"]]
        for entry in scene.entries("testimony")
        if key in entry["about"].get("themes", [])
    ]
