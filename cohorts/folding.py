"""Fold text so that searching and sorting find it whatever its accents and case."""

import unicodedata


def fold(text):
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
