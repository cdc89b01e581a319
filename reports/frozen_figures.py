"""Figures as an edition keeps them in its JSON data."""

from reports.figures import FIGURES, Count, Rule
from reports.suppression import Published, PublishedAnswers


def as_json(figures):
    """Return figures as an edition keeps them."""
    return {name: value_as_json(value) for name, value in figures.items()}


def value_as_json(value):
    if isinstance(value, Count):
        return {"count": value.value}
    cells = None if value.cells is None else [list(cell) for cell in value.cells]
    return {"total": value.total, "cells": cells}


def from_json(kept):
    """Return the breakdowns of people in what an edition kept, to compare the next one with."""
    return {
        name: restore(FIGURES[name], value)
        for name, value in kept.items()
        if name in FIGURES and "total" in value
    }


def restore(definition, value):
    kind = PublishedAnswers if definition.rule == Rule.ANSWERS else Published
    cells = value["cells"]
    return kind(value["total"], None if cells is None else tuple(map(tuple, cells)))
