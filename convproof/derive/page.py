"""A derivation as a document: what is derived, the simplest case, then the argument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from convproof.derive.account import Account, Formula, Part
from convproof.derive.ladder import Stage, ladder
from convproof.derive.step import Derivation
from convproof.derive.typeset import latex, plain
from convproof.document.model import (
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


def document(derivation: Derivation, checked: str = "", full: str = "") -> Document:
    """One derivation as it is told.

    Args:
        derivation: what is told.
        checked: what replaying the recorded steps came to, if they were replayed.
        full: where every recorded step stands, if somewhere.
    """
    account = Account.of(derivation)
    stages = ladder(derivation.name) if derivation.spec is None else ()
    return Document(account.title, tuple(_blocks(account, stages, checked, full)))


def _display(formula: Formula, equation: str = "") -> Display:
    return Display(formula.latex, formula.plain, equation, formula.beside)


def _blocks(account: Account, stages: Sequence[Stage], checked: str, full: str) -> Iterator[Block]:
    if account.layer:
        yield words(account.layer)
    yield words(account.letters)
    if stages:
        yield Heading(2, "From the simplest case to the general one", "cases")
        for stage in stages:
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
    if part.moves:
        yield words("By definition it is")
        yield _display(part.start)
    for number, move in enumerate(part.moves, 1):
        covers = f" ({move.steps} steps)" if move.steps > 1 else ""
        yield words(Strong(f"{number}. {move.rule.capitalize()}{covers}."), f" {move.why}")
        yield _display(move.formula)
    if part.moves:
        yield words("So")
    yield _display(part.result, part.equation)


def every_step(derivation: Derivation) -> Document:
    """The full form: every recorded step with its rule, as it is checked."""
    blocks: list[Block] = [words("Every step as it is recorded and replayed.")]
    for goal in derivation.goals.values():
        blocks.append(Heading(2, goal.name[:1].upper() + goal.name[1:]))
        blocks.append(Display(latex(goal.start), plain(goal.start)))
        for number, step in enumerate(derivation.steps_of(goal.name), 1):
            blocks.append(words(Strong(f"{number}. {step.rule}."), f" {step.why}"))
            blocks.append(Display(latex(step.after), plain(step.after)))
        blocks.append(words(Strong("Result."), " For all values of the free indices:"))
        blocks.append(Display(latex(goal.left), plain(goal.left)))
        blocks.append(Display(latex(goal.result), plain(goal.result)))
    return Document(f"{derivation.name}, every step", tuple(blocks))
