"""A measured figure, and how figures are told."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Measure:
    """`bare` is what the least that one can do costs in the same run; the bound is on the ratio.

    Where nothing is compared, `bare` and `ratio` are None, and the bound is on the value.
    """

    name: str
    value: float
    unit: str
    bare: float | None
    ratio: float | None
    bound: float
    held: bool

    def on(self, engine):
        return replace(self, name=f"{self.name}_{engine}")


def exactly(name, value, bound, unit):
    return Measure(name, value, unit, None, None, bound, value == bound)


def more_than(name, value, bound, unit):
    return Measure(name, value, unit, None, None, bound, value > bound)


def at_most_times(name, value, bare, bound, unit):
    """`value` is at most `bound` times `bare`."""
    ratio = round(value / bare, 2)
    return Measure(name, round(value, 2), unit, round(bare, 2), ratio, bound, ratio <= bound)


def as_table(measures):
    rows = [("measure", "value", "unit", "bare", "ratio", "bound", "held")]
    rows += [tuple(map(in_words, vars(measure).values())) for measure in measures]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def in_words(cell):
    if isinstance(cell, bool):
        return "yes" if cell else "NO"
    return "–" if cell is None else str(cell)
