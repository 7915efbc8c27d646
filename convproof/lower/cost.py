"""What a program costs, counted statement by statement: formulas in the sizes of a call.

A program is gone through once with the shapes of its arrays as expressions; loops multiply, and
blocks count as many equal ones.  What is counted is what takes time on any machine; how long each
takes is one number a machine (`convproof bench fit`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any, TypeAlias

from sympy import And, Eq, Expr, Integer, Min, Mul, Or, Piecewise, S, Symbol, ceiling

from convproof.lower import integers
from convproof.lower.program import (
    Along,
    Apart,
    Band,
    Blocks,
    Call,
    Columns,
    Constant,
    Count,
    Fold,
    Gather,
    Keep,
    Let,
    Loop,
    Mark,
    Matmul,
    Matrix,
    Missing,
    Near,
    New,
    Pick,
    Product,
    Program,
    Rows,
    Shaped,
    Sizes,
    Spans,
    Spread,
    Stack,
    Statement,
    Store,
    StoreMatrix,
    Taps,
    Tasks,
    Total,
    Unpack,
    Untile,
    View,
    Windows,
)  # fmt: skip

Shape: TypeAlias = tuple[Expr, ...]
ONE = Integer(1)

FEATURES = {
    "steps": "statements that Python and NumPy begin",
    "products": "matrix products, one for each of a stack",
    "flops": "multiplications in them",
    "streamed": "numbers that they read and write",
    "numbers": "numbers that loops over entries go through",
    "runs": "innermost loops, each over numbers that lie together",
    "folds": "innermost loops of reductions",
    "apart": "numbers read at a distance from one another",
    "fresh": "numbers of new arrays",
    "far": "numbers of loops over more than a cache holds",
}


@dataclass
class Counter:
    """The counts so far, `times` what the loops around repeat."""

    env: dict[str, Any]
    times: Expr = S.One
    found: dict[str, Expr] = field(default_factory=lambda: dict.fromkeys(FEATURES, S.Zero))

    def add(self, **counts: Expr | int) -> None:
        """Count these, as often as the loops around say."""
        for name, count in counts.items():
            self.found[name] += self.times * count
        if "numbers" in counts:
            self.found["far"] += self.times * integers.far(counts["numbers"])

    def size(self, size: Expr | str) -> Expr:
        """A size in the letters of the call."""
        expr = Symbol(size, integer=True) if isinstance(size, str) else size
        known = {s: self.env[s.name] for s in expr.free_symbols if s.name in self.env}
        return expr.xreplace(known)

    def sizes(self, sizes: Sequence[Expr | str]) -> Shape:
        """Several of them."""
        return tuple(self.size(size) for size in sizes)

    def run(self, body: Sequence[Statement]) -> None:
        """Count statements."""
        for step in body:
            self.step(step)

    def repeat(self, times: Expr, body: Sequence[Statement], **known: Expr) -> None:
        """Count statements that a loop repeats."""
        before, self.times = self.times, self.times * times
        self.env |= known
        self.run(body)
        self.times = before

    def step(self, step: Statement) -> None:
        """Count one statement."""
        match step:
            case Unpack(names, source, _):
                self.env |= dict(zip(names, self.env[source], strict=True))
            case Let(name, value):
                self.env[name] = self.value(value)
            case New(name, shape, _, fill):
                shape = self.sizes(shape)
                self.env[name] = shape
                filled = 0 if fill == "empty" else Mul(*shape)
                self.add(steps=1, fresh=Mul(*shape), streamed=filled)
            case Spans(name, taps, _, _, stride, coarse, _):
                self.env[name] = self.size(taps), self.size(stride), self.size(coarse)
                self.add(steps=1)
            case Taps(spans, _, coarse, fine, body, _):
                taps, stride, size = self.env[spans]
                slices = {coarse: (size, ONE), fine: (size, stride)}
                self.repeat(taps, body, **slices)
            case Loop(_, size, body):
                self.repeat(self.size(size), body)
            case Blocks(name, size, width, body):
                whole, most = self.size(size), self.size(width)
                count = ceiling(whole / most)
                each = whole / count
                known = {f"{name}_size": each, f"{name}_start": S.Zero, name: (each, ONE)}
                self.add(steps=count)
                self.repeat(count, body, **known)
            case Tasks(cuts, body, part, total):
                blocks: Expr = S.One
                known = {}
                for cut in cuts:
                    size, most = self.size(cut.size), self.size(cut.step)
                    count = ceiling(size / most)
                    blocks *= count
                    each = size / count
                    known |= {f"{cut.name}_size": each, f"{cut.name}_start": S.Zero}
                    known[cut.name] = (each, ONE)
                self.add(steps=2 * blocks)
                self.repeat(blocks, body, **known)
                if part:
                    self.env[total] = self.env[part]
                    self.add(numbers=(blocks - 1) * Mul(*self.env[part]))
            case Untile(target, source, places, _, _):
                entries, count = Mul(*self.env[source]), Integer(prod(places))
                depth = self.entry(target)[0][-1]
                self.add(steps=3 * count, numbers=entries, runs=entries / depth)
            case Gather(target, _, _, axis, spans):
                taps, stride, _ = self.env[spans]
                shape, _ = self.entry(target)
                total, inner = Mul(*shape), Mul(*shape[axis + 1 :])
                run = Piecewise((inner * shape[axis], Eq(stride, 1)), (inner, True))
                self.add(steps=2 + taps, numbers=taps * total, runs=taps * total / run)
            case Store(target, "+=", Product((one,), ())):
                # Both taken out side by side, added and put back.
                shape = self.entry(target)[0]
                apart = 3 * Mul(*shape)
                self.add(steps=5, numbers=apart, runs=apart / self.inner((target, one)))
            case Store(target, _, value):
                self.add(steps=1)
                self.store(target, value)
            case StoreMatrix(target, op, value):
                shape = self.value(value)
                if op == "+=":
                    self.add(steps=1, numbers=Mul(*shape))
            case Keep(best, _, _, _):
                self.entries(4, best)
            case Mark(winner, top, value, _, _):
                self.entries(2, winner, top, value)
            case Pick(target, _, _, _, _):
                self.entries(4, target)
            case Fold(_, _, source, axes, shape):
                seen, shape = self.env[source], self.sizes(shape)
                taps = Mul(*(seen[axis] for axis in axes))
                inner = Mul(*shape[max(axes) :]) if max(axes) < len(shape) else seen[-1]
                self.add(steps=1, numbers=taps * Mul(*shape), folds=taps * Mul(*shape) / inner)
            case Rows(target, source, inner):
                shape = self.env[target]
                total = Mul(*shape) * self.size(inner)
                self.add(steps=2, products=1, streamed=2 * total, numbers=total)
                self.add(runs=total / self.env[source][-2], fresh=total)
            case Count():
                self.env[step.name] = (self.size(step.size),)
                self.add(steps=1)

    def store(self, target: View, value: Any) -> None:
        """A value put into a view, entry by entry."""
        if isinstance(value, Total):
            total = Mul(*self.broadcast(value.value.factors))
            runs = 2 * total / self.inner(value.value.factors)
            self.add(steps=2, numbers=2 * total, runs=runs, fresh=total)
            return
        if isinstance(value, Shaped):
            self.add(numbers=Mul(*self.sizes(value.shape)))
            return
        views = value.factors if isinstance(value, Product) else (value,)
        shape, _ = self.entry(target)
        total = Mul(*shape)
        inner = self.inner((target, *views))
        several = len(views) + (1 if isinstance(value, Product) and value.divisors else 0)
        self.add(steps=several - 1, numbers=several * total, runs=several * total / inner)

    def entries(self, several: int, *views: View) -> None:
        """`several` array operations on the entries of views of one shape."""
        total = Mul(*self.entry(views[0])[0])
        runs = several * total / self.inner(views)
        self.add(steps=several, numbers=several * total, runs=runs)

    def entry(self, view: View) -> tuple[Shape, Expr]:
        """A view's shape, and how many of its numbers lie together."""
        whole = list(self.env[view.array])
        items = list(view.items) + [":"] * (len(whole) - sum(i != "+" for i in view.items))
        shape: list[Expr] = []
        together: Expr = S.One
        open_ended = True
        for item in reversed(items):
            if item == "+":
                shape.insert(0, ONE)
                open_ended = False
                continue
            size = whole.pop()
            if isinstance(item, tuple) and item[0] == "at":
                open_ended = False
                continue
            step: Expr = S.One
            part = size
            if isinstance(item, tuple):
                part, step = self.env[item[1]]
            shape.insert(0, part)
            if open_ended:
                if step == 1:
                    together *= part
                else:
                    together *= Piecewise((part, Eq(step, 1)), (ONE, True))
            open_ended = open_ended and item == ":"
        if view.order is not None:
            shape = [shape[axis] for axis in view.order]
            together = shape[-1] if view.order[-1] != len(shape) - 1 else together
        return tuple(shape), together

    def broadcast(self, views: Sequence[View]) -> Shape:
        """The shape of a product of views."""
        shapes = [self.entry(view)[0] for view in views]
        length = max(map(len, shapes))
        full = [(*(ONE,) * (length - len(shape)), *shape) for shape in shapes]
        return tuple(next((s for s in sizes if s != 1), ONE) for sizes in zip(*full, strict=True))

    def inner(self, views: Sequence[View]) -> Expr:
        """How many numbers an innermost loop over views goes through."""
        shape = self.broadcast(views)
        runs = []
        for view in views:
            ahead = 0  # dimensions at the end along which it is the same number
            while view.order is None and ahead < len(view.items) and view.items[-1 - ahead] == "+":
                ahead += 1
            if ahead:
                runs.append(Mul(*shape[-ahead:]))
            elif view.items or view.order:
                runs.append(self.entry(view)[1])
        return Min(*runs)

    def value(self, value: Any) -> Shape:
        """A value's shape; what it costs is counted."""
        match value:
            case View() | Product():
                views = value.factors if isinstance(value, Product) else (value,)
                shape = self.entry(views[0])[0]
                if isinstance(value, Product) and value.divisors:
                    self.add(steps=1, numbers=Mul(*shape), fresh=Mul(*shape))
                return shape
            case Windows():
                return self.windows(value)
            case Near(seen):
                return self.value(seen)
            case Missing(array):
                self.add(steps=2, streamed=Mul(*self.env[array]))
                return ()
            case Apart():
                return ()
            case Spread(array, coarse, stride):
                head, *_ = whole = self.env[array]
                sizes = zip(self.sizes(coarse), self.sizes(stride), strict=True)
                wide = tuple(s * (o - 1) + 1 for o, s in sizes)
                shape = (head, *wide, *whole[1 + len(wide) :])
                spaced = Piecewise((S.Zero, Eq(Mul(*self.sizes(stride)), 1)), (ONE, True))
                depth = Mul(*whole[1 + len(wide) :])
                self.add(steps=2 * spaced, fresh=spaced * Mul(*shape))
                self.add(numbers=spaced * Mul(*whole), runs=spaced * Mul(*whole) / depth)
                return shape
            case Columns(_, rows, columns):
                total = self.size(rows) * Mul(*self.sizes(columns))
                self.add(steps=2, products=1, flops=total, streamed=total)
                return self.sizes(columns)
            case Shaped(_, shape) | Sizes(shape):
                return self.sizes(shape)
            case Matmul(left, right):
                return self.matmul(left, right)
            case Constant(rows, _):
                self.add(steps=1)
                return Integer(len(rows)), Integer(len(rows[0]))
            case Along(matrix, array, columns, ahead, _):
                rows, ahead = self.env[matrix][0], self.size(ahead)
                entries = Mul(*self.env[array])
                self.gather()
                made = entries * rows / columns
                self.add(steps=2, products=ahead, flops=entries * rows, fresh=made)
                self.add(streamed=entries + made)
                return ahead, rows, entries / (ahead * columns)
            case Stack(_, left_shape, _, right_shape, flip):
                batch, first, second = self.sizes(left_shape)
                columns = self.sizes(right_shape)[2]
                rows, inner = (second, first) if flip else (first, second)
                made = batch * rows * columns
                self.add(steps=2, products=batch, flops=made * inner, fresh=made)
                self.add(streamed=batch * (rows * inner + inner * columns) + made)
                return batch, rows, columns
            case Band(block, factor):
                length, step = self.env[block]
                return factor * length, step
            case Call(program, args):
                inner = Counter({}, self.times, self.found)
                inner.env |= dict(zip(program.params, (self.env[a] for a in args), strict=True))
                inner.run(program.body)
                shape = inner.env[program.result]
                return shape if isinstance(shape, tuple) else ()
        raise AssertionError(value)

    def windows(self, value: Windows) -> Shape:
        """A view; that it is copied is counted where it is multiplied or reduced."""
        image = self.value(value.image)
        rank = len(value.taps)
        head, groups, depth = image[0], image[rank + 1], image[rank + 2]
        taps, coarse = self.sizes(value.taps), self.sizes(value.coarse)
        shape = (head, *coarse, groups, *taps, depth)
        stride, gap = self.sizes(value.stride), self.sizes(value.gap)
        reach = Mul(*(
            s * (o - 1) + d * (k - 1) + 1
            for s, o, d, k in zip(stride, coarse, gap, taps, strict=True)
        ))  # fmt: skip
        # Where windows overhang the image is copied with its zeros: most often they do.
        self.add(steps=2, streamed=head * reach * groups * depth)
        total = Mul(*shape)
        if value.order:
            last = value.order[-1] == 2 * rank + 2  # the channels, or an axis of positions
            self.env["gathered"] = (total, depth, S.Zero) if last else (total, coarse[-1], ONE)
            return tuple(shape[axis] for axis in value.order)
        near = Or(Eq(depth, 1), And(Eq(groups, 1), Eq(gap[-1], 1)))
        self.env["gathered"] = total, Piecewise((depth * taps[-1], near), (depth, True)), S.Zero
        return shape

    def gather(self) -> None:
        """Windows that are a view are copied where they are used first."""
        if "gathered" in self.env:
            total, run, apart = self.env.pop("gathered")
            self.add(numbers=total, runs=total / run, apart=apart * total, fresh=total, steps=1)

    def matrix(self, matrix: Matrix) -> Shape:
        """The shape (batch, rows, columns) of a stack."""
        shape = self.sizes(matrix.shape) if matrix.shape else self.value(matrix.view)
        rows, batch, columns = shape
        return (batch, columns, rows) if matrix.flip else (batch, rows, columns)

    def matmul(self, left: Matrix, right: Matrix) -> Shape:
        """A stack of products; patches that are a view are copied first."""
        (batch, rows, inner), (_, _, columns) = self.matrix(left), self.matrix(right)
        self.gather()
        self.add(steps=3, products=batch, flops=batch * rows * inner * columns)
        self.add(streamed=batch * (rows * inner + inner * columns + rows * columns))
        return batch, rows, columns


def count(program: Program, shapes: Mapping[str, Shape]) -> dict[str, Expr]:
    """Each of `FEATURES` of a program whose parameters have these shapes."""
    counter = Counter({**shapes, **{p: Symbol(p, integer=True, positive=True)
                                    for p in program.params if p not in shapes}})  # fmt: skip
    counter.run(program.body)
    return counter.found
