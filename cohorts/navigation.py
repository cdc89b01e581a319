"""What every page's frame shows: the cohort that one is in, and which part of it."""


def navigation(request):
    cohort = getattr(request, "cohort", None)
    return {
        "cohort": cohort,
        "can_manage": getattr(request, "can_manage", False),
        "section": section_of(request.path) if cohort else "",
    }


SET_UP = {"edit", "phases", "team", "messages"}  # reached from the cohort's board
# What lies in another room than its address says.
ROOMS = {"themes": "listening", "testimonies": "listening", "subjects": "subject"}


def section_of(path):
    """The part of a cohort that an address belongs to: /cohorts/x/people/3/ is "people"."""
    parts = path.strip("/").split("/")
    if len(parts) < 3 or parts[2] in SET_UP:
        return "board"
    return "listening" if "notes" in parts else ROOMS.get(parts[2], parts[2])
