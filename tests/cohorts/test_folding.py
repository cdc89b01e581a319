import pytest

from cohorts.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Éléonore  NOËL", "eleonore noel"),
        ("Straße", "strasse"),
        ("Aydın SØRLIE Cœur", "aydin sorlie coeur"),
        ("علی کریمی", "علي كريمي"),
        ("مُحَمَّد", "محمد"),
        ("Київ", "київ".replace("ї", "і")),
    ],
)
def test_fold_drops_case_accents_and_spaces(text, folded):
    assert fold(text) == folded
