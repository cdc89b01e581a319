"""The translations' catalogues: what the code and templates say, and what `locale/` holds of it.

Strings are found by Babel, once Django has turned templates into Python; gettext is not needed.
"""

from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation.template import templatize

CODE = ("cohorts", "workshops", "reports", "embrace")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURAL_FORMS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
}
TRANSLATED = ("fr", "ar")


def catalogue_path(language):
    return Path(settings.BASE_DIR, "locale", language, "LC_MESSAGES", "django.po")


def found_strings():
    """Return {(context, singular): (plural, sorted files)} of every string that is marked."""
    found = {}
    for path in source_files():
        name = str(path.relative_to(settings.BASE_DIR))
        for context, singular, plural in strings_of(path):
            known_plural, files = found.get((context, singular), (None, set()))
            found[context, singular] = (plural or known_plural, files | {name})
    return {key: (plural, sorted(files)) for key, (plural, files) in sorted(found.items())}


def source_files():
    for app in CODE:
        for path in sorted(Path(settings.BASE_DIR, app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    for ending in ("html", "txt"):
        yield from sorted(Path(settings.BASE_DIR, "templates").rglob(f"*.{ending}"))


def strings_of(path):
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)  # its indentation is not Python's
    for _line, function, messages, _comments in extract_python(
        BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"}
    ):
        parts = list(messages) if isinstance(messages, tuple) else [messages]
        context = parts.pop(0) if "pgettext" in function else None
        singular = parts[0]
        plural = parts[1] if function.startswith(("ngettext", "npgettext")) else None
        if singular:
            yield context or "", singular, plural


def update(language):
    """Bring a catalogue into line with the code, keeping what is translated; return what is not."""
    path = catalogue_path(language)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    # Comments and order are made anew; only what somebody translated is kept.
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURAL_FORMS[language],
    }
    for (context, singular), (plural, files) in found_strings().items():
        new.append(entry_for(known.get((context, singular)), context, singular, plural, files))
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    return [entry.msgid for entry in new if not is_complete(entry)]


def entry_for(known, context, singular, plural, files):
    entry = polib.POEntry(
        msgctxt=context or None,
        msgid=singular,
        msgid_plural=plural or "",
        occurrences=[(name, "") for name in files],
        flags=["python-format"] if "%(" in singular else [],
    )
    if plural:
        entry.msgstr_plural = dict(known.msgstr_plural) if known else {}
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def is_complete(entry):
    if entry.msgid_plural:
        return bool(entry.msgstr_plural) and all(entry.msgstr_plural.values())
    return bool(entry.msgstr)
