"""What the demonstration's files hold, with its days as dates."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent
IN_DAYS = "in_days"


def read(folder, today):
    """Return all that the files of a folder hold, as one dict."""
    content = {}
    for path in sorted((FOLDER / folder).glob("*.toml")):
        content |= tomllib.loads(path.read_text())
    return dated(content, today)


def dated(value, today):
    """Count days from `today`: `asked_in_days = -5` becomes `asked_on`, five days before it."""
    if isinstance(value, list):
        return [dated(each, today) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: dated(each, today) for key, each in value.items()}
    day = found.pop(IN_DAYS, None)
    if day is not None:
        for key in ("starts_at", "ends_at"):
            found[key] = datetime.combine(today + timedelta(days=day), found[key])
    for key in [key for key in found if key.endswith(f"_{IN_DAYS}")]:
        found[key.removesuffix(IN_DAYS) + "on"] = today + timedelta(days=found.pop(key))
    return found


def chosen(entry, *names):
    """Return what an entry says of these fields, leaving out what it does not say."""
    return {name: entry[name] for name in names if name in entry}
