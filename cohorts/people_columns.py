"""What a spreadsheet of people may call its columns, and the words that it may put in them."""

import re

from cohorts.folding import fold
from cohorts.languages import find_language
from cohorts.models import AgeBand, Gender, Need, Track

# Each as a folded header without punctuation, in the forms that are usual.
HEADERS = {
    "first_name": ("prenom", "prenoms", "first name", "given name", "forename"),
    "name": (
        "nom", "noms", "nom et prenom", "prenom et nom", "nom prenom", "prenom nom", "nom complet",
        "nom de famille", "participant", "participante", "participants", "participant e",
        "personne", "name", "full name", "last name", "family name", "surname",
        "الاسم", "الاسم الكامل",
    ),
    "track": ("groupe", "group", "track", "parcours", "public", "المجموعة"),
    "email": (
        "e mail", "email", "mail", "courriel", "adresse mail", "adresse e mail", "adresse email",
        "adresse electronique", "email address", "e mail address",
    ),
    "phone": (
        "telephone", "tel", "portable", "mobile", "numero de telephone", "phone",
        "telephone portable", "tel portable", "n de telephone", "phone number", "mobile phone",
        "gsm",
    ),
    "languages": (
        "langues", "langue", "langues parlees", "langue s", "langue s parlee s", "languages",
        "language", "languages spoken", "spoken languages",
    ),
    "reads_french": (
        "lit le francais", "lit francais", "lecture du francais", "sait lire le francais",
        "reads french", "reading french",
    ),
    "contact_language": (
        "langue de contact", "langue des messages", "ecrire en", "contact language",
        "language of contact", "preferred language",
    ),
    "organisation": (
        "organisation", "organisme", "institution", "structure", "collectivite", "ville", "commune",
        "employeur", "nom de la structure", "nom de l organisation", "organization", "city",
        "employer",
    ),
    "function": (
        "fonction", "poste", "metier", "service", "fonction service", "function", "job",
        "job title", "position", "role",
    ),
    "gender": ("genre", "sexe", "gender", "sex"),
    "age_band": ("tranche d age", "age", "tranche age", "age band", "age group"),
    "needs": (
        "besoins", "besoin", "besoins pratiques", "needs", "practical needs", "amenagements",
    ),
}  # fmt: skip
FIELD_OF = {header: field for field, headers in HEADERS.items() for header in headers}
NOTHING = {
    "-", "--", "–", "—", "/", "?", "n/a", "na", "neant", "#n/a", "#ref!", "#value!", "#name?",
}  # fmt: skip

YES = {"oui", "o", "yes", "y", "x", "1", "vrai", "true", "bien", "نعم"}
# Whoever reads a little cannot do with French alone, which is what the field decides.
NO = {"non", "n", "no", "0", "faux", "false", "pas", "un peu", "peu", "a little", "لا"}
NOT_STATED = {
    "non precise", "non precisee", "non renseigne", "non renseignee", "non communique", "nsp", "ns",
    "ne souhaite pas repondre", "prefere ne pas repondre", "not stated", "prefer not to say",
}  # fmt: skip
GENDERS = {
    Gender.WOMAN: {"femme", "f", "fem", "feminin", "woman", "female", "w", "mme", "madame"},
    Gender.MAN: {"homme", "h", "m", "masculin", "man", "male", "mr", "monsieur"},
    Gender.NON_BINARY: {"non binaire", "non binary", "nb", "autre", "other", "x"},
    Gender.NOT_STATED: NOT_STATED,
}
TRACK_STARTS = {
    Track.NEWCOMERS: ("nouve", "newcomer", "arrivant", "refugi", "exile", "primo"),
    Track.AGENTS: ("agent", "acteur", "actrice", "public", "fonctionnaire", "elu"),
}
NEED_SIGNS = {
    Need.Kind.INTERPRETER: r"interpr\w*|traduct\w*|translat\w*",
    Need.Kind.STEP_FREE: (
        r"step.?free|sans marche\w*|accessib\w*|acces\b|ascenseur|pmr|fauteuil\w*|ramp\w*"
    ),
    Need.Kind.CHILDCARE: r"garde\b|enfants?|creche|child\w*|bebe",
    Need.Kind.MEAL: r"repas|porc|halal|veget\w*|vegan\w*|meal|pork|casher|kosher|sans gluten",
    Need.Kind.TRAVEL: r"transport\w*|trajet\w*|navigo|tickets?|travel|deplacement\w*",
    Need.Kind.EQUIPMENT: r"ordinateur\w*|materiel|tablette|equip\w*|laptop|computer",
}
SMALL_WORDS = {
    "en",
    "de",
    "d",
    "du",
    "pour",
    "un",
    "une",
    "le",
    "la",
    "les",
    "for",
    "a",
    "an",
    "in",
}
AGES = ((26, AgeBand.UNDER_26), (40, AgeBand.FROM_26), (60, AgeBand.FROM_40))


def bare(text):
    """Fold and drop the punctuation: "Prénom(s)" and "PRENOM S" are one header."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(text)).split())


def says_nothing(text):
    return fold(text) in NOTHING or bare(text) in NOT_STATED


def find_field(header):
    """Return the field that a header names, with or without what stands in brackets after it.

    Two words for one thing name it too, such as "Structure / Ville".
    """
    without_brackets = re.split(r"[(:]", header)[0]
    for text in (header, without_brackets):
        fields = {FIELD_OF.get(bare(part)) for part in text.split("/")}
        field = FIELD_OF.get(bare(text)) or (fields.pop() if len(fields) == 1 else None)
        if field:
            return field
    return None


def find_track(text):
    folded = bare(text)
    for track, signs in TRACK_STARTS.items():
        if folded and (folded.startswith(signs) or folded == bare(str(track.label))):
            return track
    return None


def find_yes_or_no(text):
    folded = fold(text)
    return True if folded in YES else False if folded in NO else None


def find_gender(text):
    folded = bare(text)
    return next((gender for gender, words in GENDERS.items() if folded in words), None)


def find_age_band(text):
    """Return the band for an age or a band, however written; None for a date or anything else."""
    if bare(text) in NOT_STATED:
        return AgeBand.NOT_STATED
    # Three numbers, or a year, are a date of birth, which is never taken.
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not numbers or len(numbers) > 2 or max(numbers) > 110:
        return None
    if len(numbers) == 1 and re.search(r"moins|under|<", fold(text)):
        return band_of(numbers[0] - 1)
    return band_of(numbers[0]) if same_band(numbers) else None


def same_band(ages):
    return len({band_of(age) for age in ages}) == 1


def band_of(age):
    return next((band for limit, band in AGES if age < limit), AgeBand.OVER_59)


def split(text, signs=r"[,;/+\n]|\s(?:et|and|و)\s"):
    parts = re.split(signs, text)
    return [part.strip() for part in parts if part.strip()]


def find_languages(text):
    """Return the codes of the languages named in a cell, and the names that nobody knows."""
    named = {part: find_language(part) for part in split(text)}
    codes = dict.fromkeys(code for code in named.values() if code)
    return list(codes), [part for part, code in named.items() if not code]


def find_needs(text):
    """Return {kind: detail} of the practical needs named in a cell, and the parts not understood.

    Only the need is kept, never its reason: of step-free access no detail at all.
    """
    needs, unknown = {}, []
    for part in split(text, r"[,;/\n]"):
        kind = need_kind(part)
        if not kind:
            unknown.append(part)
            continue
        detail = need_detail(kind, part)
        needs[kind] = ", ".join(filter(None, [needs.get(kind), detail]))[:100]
    return needs, unknown


def need_kind(text):
    folded = fold(text)
    return next((kind for kind, signs in NEED_SIGNS.items() if re.search(signs, folded)), None)


def need_detail(kind, text):
    """Return what a part says beyond its kind: of "interprète en dari", "dari"."""
    words = [word for word in re.split(r"[\s'’]+", text) if fold(word) not in SMALL_WORDS]
    beyond = [word for word in words if not re.fullmatch(NEED_SIGNS[kind], fold(word))]
    if kind == Need.Kind.STEP_FREE or not beyond:
        return ""
    return " ".join(beyond) if kind == Need.Kind.INTERPRETER else text
