"""Lowering of index maps by cases (padding): each case is a slice moved, or one entry repeated."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import (
    Add,
    And,
    Expr,
    Indexed,
    KroneckerDelta,
    Max,
    Min,
    Mul,
    Piecewise,
    S,
    Sum,
    Symbol,
    solve,
    true,
)
from sympy.logic.boolalg import Boolean

from convproof.derive.step import Derivation, Goal
from convproof.errors import LoweringError
from convproof.lower import integers
from convproof.lower.assemble import NAMES


@dataclass(frozen=True)
class Move:
    """target[:, first:last] (op)= source at slope*r + shift, for r from first to last, 1-based.

    Slope 0 repeats one entry (forward) or, with `gathered` a range, sums a range into one entry.
    """

    first: Expr
    last: Expr
    slope: int
    shift: Expr
    gathered: tuple[Expr, Expr] | None = None


def forward_moves(goal: Goal) -> list[Move]:
    """The cases of the padded axis, in order."""
    (_, r, _) = (index for index, _, _ in goal.free)
    (_, low, high) = goal.free[1]
    if not isinstance(goal.result, Piecewise):
        raise LoweringError(f"{goal.name} is not given by cases")
    moves = []
    for entry, condition in goal.result.args:
        last = high if condition == true else _upper(condition, r)
        moves.append(_move(entry, r, low, last))
        low = last + 1
    return moves


def _upper(condition: Boolean, r: Symbol) -> Expr:
    """The cut in a condition r <= cut."""
    return next(side for side in condition.args if side != r)


def _move(entry: Indexed, r: Symbol, first: Expr, last: Expr) -> Move:
    index = entry.indices[1]
    slope = index.coeff(r) if index.has(r) else S.Zero
    return Move(first, last, int(slope), index - slope * r)


def gradient_moves(goal: Goal) -> list[Move]:
    """The slices that are sent back, one for each term of the gradient."""
    (b, low, high) = goal.free[1]
    moves = []
    for term in Add.make_args(goal.result):
        if isinstance(term, Sum):
            moves.append(_gathered(term, b))
            continue
        entry, condition = term.args[0].args if isinstance(term, Piecewise) else (term, true)
        first, last = low, high
        for fact in And.make_args(condition):
            if fact == true:
                continue
            # Every fact is linear in b: it bounds b from one side.
            edge = solve(fact.lhs - fact.rhs, b)[0]
            at_least = (fact.gts - fact.lts).coeff(b) > 0
            strict = S.One if fact.rel_op in ("<", ">") else S.Zero
            if at_least:
                first = Max(first, edge + strict)
            else:
                last = Min(last, edge - strict)
        moves.append(_move(entry, b, first, last))
    return moves


def _gathered(term: Sum, b: Symbol) -> Move:
    deltas = [part for part in Mul.make_args(term.function) if isinstance(part, KroneckerDelta)]
    ((_, low, high),) = term.limits
    if len(deltas) != 1:
        raise LoweringError(f"no schedule for {term}")
    where = next(side for side in deltas[0].args if side != b)
    return Move(where, where, 0, S.Zero, (low, high))


def _slice(first: Expr, last: Expr) -> str:
    return f"{integers.text(first - 1)}:{integers.text(last)}"


def _forward_line(move: Move) -> str:
    target = f"padded[:, {_slice(move.first, move.last)}]"
    if move.slope == 0:
        return f"{target} = x[:, {integers.text(move.shift - 1)}, None]"
    return f"{target} = {_source('x', move)}"


def _source(array: str, move: Move) -> str:
    ends = (move.slope * edge + move.shift for edge in (move.first, move.last))
    start, stop = ends if move.slope > 0 else reversed(list(ends))
    text = f"{array}[:, {_slice(start, stop)}]"
    return text if move.slope > 0 else f"{text}[:, ::-1]"


def _gradient_lines(move: Move) -> list[str]:
    if move.gathered is not None:
        total = f"dpadded[:, {_slice(*move.gathered)}].sum(axis=1)"
        return [f"dx[:, {integers.text(move.first - 1)}] += {total}"]
    # Bounds that depend on the size may cross: then nothing is sent back.
    return [f"dx[:, {_slice(move.first, move.last)}] += {_source('dpadded', move)}"]


def pad_source(derivation: Derivation, mode: str) -> list[str]:
    """`pad_MODE` and `pad_MODE_gradient` as Python functions on (before, axis, after) arrays."""
    assert NAMES["X"] == "x"
    ahead, back = derivation.goals["forward"], derivation.goals["gradient x"]
    forward = [
        f"def pad_{mode}(x: Array, P_W: int, Q_W: int) -> Array:",
        f'    """x (N, W, C) with P_W entries before and Q_W after the axis, {mode}."""',
        "    N, W, C = x.shape",
        "    padded = np.empty((N, P_W + W + Q_W, C), dtype=x.dtype)",
        *("    " + _forward_line(move) for move in forward_moves(ahead)),
        "    return padded",
    ]
    gradient = [
        f"def pad_{mode}_gradient(dpadded: Array, P_W: int, Q_W: int) -> Array:",
        f'    """The adjoint of `pad_{mode}`: each entry\'s gradient to the pixel it shows."""',
        "    N, W, C = dpadded.shape",
        "    W = W - P_W - Q_W",
        "    dx = np.zeros((N, W, C), dtype=dpadded.dtype)",
        *("    " + line for move in gradient_moves(back) for line in _gradient_lines(move)),
        "    return dx",
    ]
    return ["\n".join(forward) + "\n", "\n".join(gradient) + "\n"]
