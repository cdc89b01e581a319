"""Fold text so that searching and sorting find it whatever its accents and case."""

import unicodedata

# Letters that Unicode does not take apart, as they are typed on another keyboard.
OTHER_KEYBOARDS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "œ": "oe", "æ": "ae", "ی": "ي", "ى": "ي", "ک": "ك"}
)


def fold(text):
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.casefold().translate(OTHER_KEYBOARDS).split())
