"""What every page's frame shows: the cohort that one is in, and which part of it."""


def navigation(request):
    cohort = getattr(request, "cohort", None)
    return {
        "cohort": cohort,
        "can_manage": getattr(request, "can_manage", False),
        "section": section_of(request.path) if cohort else "",
    }


def section_of(path):
    """The part of a cohort that an address belongs to: /cohorts/x/people/3/ is "people"."""
    parts = path.strip("/").split("/")
    return parts[2] if len(parts) > 2 else "board"
