"""The languages that people speak; the interface itself exists in `settings.LANGUAGES` only."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohorts.folding import fold

LANGUAGES = {
    "fr": _("French"),
    "en": _("English"),
    "ar": _("Arabic"),
    # Not "prs": browsers and fonts know Dari as the Persian of Afghanistan.
    "fa-af": _("Dari"),
    "ps": _("Pashto"),
    "bn": _("Bengali"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ru": _("Russian"),
    "ti": _("Tigrinya"),
    "am": _("Amharic"),
    "ln": _("Lingala"),
    "so": _("Somali"),
    "ku": _("Kurdish"),
    "ff": _("Fula"),
    "bm": _("Bambara"),
    "wo": _("Wolof"),
    "ur": _("Urdu"),
    "ta": _("Tamil"),
    "fa": _("Persian"),
    "es": _("Spanish"),
    "pt": _("Portuguese"),
    "sq": _("Albanian"),
    "ka": _("Georgian"),
    "hy": _("Armenian"),
    "zh": _("Chinese"),
    "vi": _("Vietnamese"),
    "bo": _("Tibetan"),
}
# Kurdish is not among them: Kurmanji, which most here speak, is written in Latin letters.
RIGHT_TO_LEFT = {"ar", "fa-af", "ps", "ur", "fa"}
# What a spreadsheet may call them, besides their code and their name in the reader's language.
SPREADSHEET_NAMES = {
    "francais": "fr", "french": "fr",
    "anglais": "en", "english": "en",
    "arabe": "ar", "arabic": "ar",
    "dari": "fa-af",
    "pachto": "ps", "pachtou": "ps", "pashto": "ps",
    "bengali": "bn", "bangla": "bn",
    "turc": "tr", "turkish": "tr",
    "ukrainien": "uk", "ukrainian": "uk",
    "russe": "ru", "russian": "ru",
    "tigrinya": "ti", "tigrigna": "ti",
    "amharique": "am", "amharic": "am",
    "lingala": "ln",
    "somali": "so",
    "kurde": "ku", "kurdish": "ku",
    "peul": "ff", "fula": "ff",
    "bambara": "bm",
    "wolof": "wo",
    "ourdou": "ur", "urdu": "ur",
    "tamoul": "ta", "tamil": "ta",
    "persan": "fa", "farsi": "fa", "persian": "fa",
    "espagnol": "es", "spanish": "es",
    "portugais": "pt", "portuguese": "pt",
    "albanais": "sq", "albanian": "sq",
    "georgien": "ka", "georgian": "ka",
    "armenien": "hy", "armenian": "hy",
    "chinois": "zh", "chinese": "zh",
    "vietnamien": "vi", "vietnamese": "vi",
    "tibetain": "bo", "tibetan": "bo",
}  # fmt: skip


def language_name(code):
    return LANGUAGES.get(code, code)


def direction(code):
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def find_language(name):
    """Return the code for what a spreadsheet calls a language, or None."""
    folded = fold(name)
    return folded if folded in LANGUAGES else SPREADSHEET_NAMES.get(folded)


def validate_languages(codes):
    unknown = [code for code in codes if code not in LANGUAGES]
    if unknown:
        raise ValidationError(
            _("Unknown language: %(code)s."),
            params={"code": ", ".join(map(str, unknown))},
        )
