"""A derivation as a document: what is derived, the simplest case, then the argument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from convproof.report.document import (
    Block,
    Bullets,
    Display,
    Document,
    Heading,
    Math,
    Strong,
    bullets,
    words,
)


class Formula(Protocol):
    """A formula in both scripts."""

    @property
    def latex(self) -> str:
        """For pages."""

    @property
    def plain(self) -> str:
        """For terminals."""

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """Names and ranges, in both scripts."""


class Move(Protocol):
    """One step as it is told."""

    @property
    def formula(self) -> Formula:
        """What the step arrives at."""

    @property
    def rule(self) -> str:
        """The rule's name."""

    @property
    def why(self) -> str:
        """The reason."""

    @property
    def steps(self) -> int:
        """How many recorded steps it covers."""


class Part(Protocol):
    """One goal as it is told."""

    @property
    def title(self) -> str:
        """A heading."""

    @property
    def equation(self) -> str:
        """The chapter's number, or nothing."""

    @property
    def start(self) -> Formula:
        """Where the chain starts."""

    @property
    def moves(self) -> Sequence[Move]:
        """The steps."""

    @property
    def result(self) -> Formula:
        """What they arrive at."""

    @property
    def mirrors(self) -> str:
        """The axis that it repeats, or nothing."""


class Stage(Protocol):
    """One case on the way from the simplest to the general."""

    @property
    def sentence(self) -> str:
        """What it adds."""

    @property
    def formulas(self) -> Sequence[tuple[str, Formula]]:
        """Equation numbers and formulas."""


class Account(Protocol):
    """What this room needs of a derivation that is told."""

    @property
    def title(self) -> str:
        """The heading."""

    @property
    def layer(self) -> str:
        """Which layer's numbers were put in, in words, or nothing."""

    @property
    def givens(self) -> Sequence[Formula]:
        """Conditions on the sizes."""

    @property
    def names(self) -> Sequence[Formula]:
        """What stands for expressions."""

    @property
    def stages(self) -> Sequence[Stage]:
        """The ladder of cases."""

    @property
    def parts(self) -> Sequence[Part]:
        """The goals."""

    @property
    def letters(self) -> str:
        """What the letters mean."""


def document(account: Account, checked: str = "", full: str = "") -> Document:
    """The pages of one derivation.

    Args:
        account: the derivation as it is told.
        checked: what replaying the recorded steps came to, if they were replayed.
        full: where every recorded step stands, if somewhere.
    """
    return Document(account.title, tuple(_blocks(account, checked, full)))


def _display(formula: Formula, equation: str = "") -> Display:
    return Display(formula.latex, formula.plain, equation, formula.beside)


def _blocks(account: Account, checked: str, full: str) -> Iterator[Block]:
    if account.layer:
        yield words(account.layer)
    yield words(account.letters)
    if account.stages:
        yield Heading(2, "From the simplest case to the general one", "cases")
        for stage in account.stages:
            yield words(stage.sentence)
            for equation, formula in stage.formulas:
                yield _display(formula, equation)
    yield Heading(2, "What stands for what", "names")
    if account.givens:
        yield words("All of it holds where")
        yield _beside(account.givens)
    for formula in account.names:
        yield _display(formula)
    for part in account.parts:
        yield from _part(part)
    yield Heading(2, "What was checked", "checked")
    yield words(checked or "The steps were not replayed for this page: add --check.")
    if full:
        yield words(full)


def _beside(formulas: Iterable[Formula]) -> Bullets:
    return bullets([(Math(one.latex, one.plain),) for one in formulas])


def _part(part: Part) -> Iterator[Block]:
    yield Heading(2, part.title)
    if part.mirrors:
        yield words(f"As along {part.mirrors}, with the letters of this axis:")
        yield _display(part.result)
        return
    yield words("By definition it is" if part.moves else "It is, by definition,")
    yield _display(part.start)
    for number, move in enumerate(part.moves, 1):
        covers = f" ({move.steps} steps)" if move.steps > 1 else ""
        yield words(Strong(f"{number}. {move.rule.capitalize()}{covers}. "), move.why)
        yield _display(move.formula)
    if part.moves:
        yield words("So")
    yield _display(part.result, part.equation)
