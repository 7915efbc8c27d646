"""A network as a page: its survey, a row for each operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from convproof.document.model import Document, Heading, Table, words
from convproof.explain.explanation import Explanation
from convproof.networks.graph import Graph
from convproof.networks.survey import Row, Survey, survey


@dataclass(frozen=True)
class NetworkExplanation(Explanation):
    """A network looked at layer by layer; `.survey` has the numbers behind the page."""

    survey: Survey

    @property
    def rows(self) -> tuple[Row, ...]:
        """One for each operation, from the input on."""
        return self.survey.rows

    @property
    def graph(self) -> Graph:
        """The graph of positions."""
        return self.survey.graph

    @property
    def shift(self) -> tuple[int, ...]:
        """The shift of the image that the regions are for."""
        return self.survey.shift

    @property
    def parameters(self) -> int:
        """All numbers that are learned."""
        return self.survey.parameters

    @property
    def products(self) -> int:
        """All multiplications for one image."""
        return self.survey.products

    def __str__(self) -> str:
        return str(self.survey)


def explain_network(
    what: Any, input_shape: Sequence[int] | None, shift: object
) -> NetworkExplanation:
    """What each operation of a network makes and sees."""
    found = survey(what, input_shape, shift=shift)
    head, *rows = found.table()
    table = Table(head, [[[cell] for cell in row] for row in rows])
    page = Document(found.title, (words(found.summary()), Heading(2, "Operations"), table))
    return NetworkExplanation(page, found)
