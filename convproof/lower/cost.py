"""What a program costs, counted statement by statement: formulas in the sizes of a call.

A program is gone through once with the shapes of its arrays as expressions; loops multiply, and
blocks count as many equal ones.  What is counted is what takes time on any machine; how long each
takes is one number a machine (`convproof bench fit`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

from sympy import And, Eq, Expr, Integer, Mul, Or, Piecewise, Rational, S, Symbol, ceiling

from convproof.lower import fused, integers, spectra
from convproof.lower.counts import FEATURES as FEATURES
from convproof.lower.counts import Counts
from convproof.lower.program import (
    Along,
    Apart,
    Band,
    Blocks,
    Call,
    Columns,
    Constant,
    Count,
    Counted,
    Crossed,
    Dot,
    Duels,
    Fold,
    Gather,
    Kept,
    Lay,
    Let,
    Loop,
    Mark,
    Matmul,
    Matrix,
    Missing,
    Mixed,
    Near,
    New,
    Pick,
    Product,
    Program,
    Reached,
    Restored,
    Rows,
    Scatter,
    Sent,
    Shaped,
    Sizes,
    Spans,
    Spectrum,
    Spread,
    Stack,
    Statement,
    Store,
    StoreMatrix,
    Taps,
    Tasks,
    Tiled,
    Total,
    Unpack,
    Untile,
    View,
    Weigh,
    Weighed,
    Windows,
)  # fmt: skip
from convproof.lower.shapes import ONE, Shape

AGAIN = Rational(1, 2)  # how often what may be kept is made, at a guess


@dataclass
class Counter(Counts):
    """What a program's statements count."""

    mirrored: set[str] = field(default_factory=set)
    lying: dict[str, tuple[int, ...]] = field(default_factory=dict)  # orders of arrays in memory

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
            case Let(name, Reached(block, stride, span, _, _, _)):
                length = self.size(stride) * (self.env[block][0] - 1) + self.size(span)
                self.env |= {name: (length, ONE), f"{name}_size": length, f"{name}_start": S.Zero}
                self.add(steps=2)
            case Let(name, value):
                self.env[name] = self.value(value)
                if isinstance(value, Product) and "-" in value.factors[0].items:
                    self.mirrored.add(name)
                if isinstance(value, Windows):
                    self.env["seen by"] = name
            case New(name, shape, _, fill, _, order):
                shape = self.sizes(shape)
                self.env[name] = shape
                self.lying[name] = order
                filled = 0 if fill == "empty" else Mul(*shape)
                self.add(steps=1, fresh=Mul(*shape), streamed=filled)
            case Spans(name, taps, _, _, stride, coarse, _):
                self.env[name] = self.size(taps), self.size(stride), self.size(coarse)
                self.add(steps=1)
            case Taps(spans, _, coarse, fine, body, _):
                taps, stride, size = self.env[spans]
                slices = {coarse: (size, ONE), fine: (size, stride)}
                self.repeat(taps, body, **slices)
            case Kept(name, source, _, body):
                self.env[name] = self.env[source]
                self.repeat(AGAIN, body)
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
            case Lay():
                spectra.lay(step, self)
            case Gather(target, _, _, axis, spans):
                taps, stride, _ = self.env[spans]
                self.add(steps=2)
                self.slices(taps, self.entry(target)[0], axis, stride)
            case Weigh():
                fused.weigh(step, self)
            case Store(View(name), "+=", _) if self.lying.get(name, ()):
                fused.added(step, self.lying[name][-1], self)
            case Store(target, "+=", Product((one,), ())):
                # Short pixels are both taken out side by side, added and put back.
                # Pixels of one number lie together along the last axis.
                shape, inner = self.entry(target)[0], self.inner((target, one))
                lone = Eq(shape[-2] * shape[-1], 1)
                inner = Piecewise((shape[-3], lone), (inner, True))
                several = 1 + 2 * integers.few(inner)
                total = several * Mul(*shape)
                self.add(steps=2 + several, numbers=total, runs=total / inner)
                if one.order is None:
                    self.add(apart=Piecewise((total, lone), (S.Zero, True)))
            case Store(target, _, value):
                self.add(steps=1)
                self.store(target, value)
            case StoreMatrix(target, op, value):
                shape = self.value(value)
                if op == "+=":
                    self.add(steps=1, numbers=Mul(*shape))
            case Duels(name, source, coarse, spans, maxima):
                self.env[name] = ()
                sizes = list(self.entry(source)[0])
                for axis in reversed(range(len(coarse))):
                    taps, stride, _ = self.env[spans[axis]]
                    sizes[axis + 1] = self.size(coarse[axis])
                    self.slices(2 * (taps - 1), sizes, axis + 1, stride)
                    self.add(steps=taps, fresh=(taps - 1) * Mul(*sizes))
                if maxima:
                    self.add(steps=1, streamed=Mul(*sizes))
            case Scatter(target, flow, axis, spans, takes, _, kept):
                taps, stride, _ = self.env[spans]
                shape, _ = self.entry(flow)
                self.slices(taps, shape, axis, stride)
                self.add(steps=2 + 2 * taps)
                if takes:
                    self.add(steps=2 * taps, numbers=3 * (taps - 1) * Mul(*shape))
                    self.add(fresh=2 * (taps - 1) * Mul(*shape))
                if kept:
                    self.add(steps=2)
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
            case Counted(_, block):
                return (self.env[block][0],)
            case Near(seen):
                return self.value(seen)
            case Tiled():
                return fused.tiled(value, self)
            case Weighed():
                return fused.weighed(value, self)
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
            case Shaped(view, shape):
                if view.array == self.env.get("seen by"):
                    self.gather()
                return self.sizes(shape)
            case Sizes(shape):
                return self.sizes(shape)
            case Sent(seen, flow, fine, apart=True):
                *_, depth = windows = self.env[flow]
                self.env.pop("gathered", None)
                total = Mul(*self.env[seen])
                self.add(steps=10, numbers=2 * total, runs=29 * total / depth, fresh=total / 2)
                return (windows[0], *self.sizes(fine), depth)
            case Sent(seen, flow, fine):
                *_, depth = windows = self.env[flow]
                self.gather()
                self.add(steps=8, numbers=Mul(*self.env[seen]), folds=Mul(*windows) / 2)
                self.add(apart=4 * Mul(*windows), numbers=4 * Mul(*windows))
                return (windows[0], *self.sizes(fine), depth)
            case Matmul(left, right):
                return self.matmul(left, right)
            case Dot(left, right, shape, flip):
                (rows, inner), (_, columns) = self.value(left), self.value(right)
                rows, inner = (inner, rows) if flip else (rows, inner)
                self.gather()
                self.add(steps=1, products=1, flops=rows * inner * columns)
                self.add(streamed=rows * inner + inner * columns + rows * columns)
                return self.sizes(shape)
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
                return self.size(factor) * length, step
            case Spectrum() | Restored() | Mixed() | Crossed():
                return spectra.count(value, self)
            case Call(program, args):
                # A mirrored and transposed array is put in order before it is multiplied, number by
                # number; not if what is made of it may be kept.
                again = AGAIN if any(isinstance(one, Kept) for one in program.body) else ONE
                for array in self.mirrored.intersection(args):
                    total = again * Mul(*self.env[array])
                    self.add(numbers=total, runs=total, fresh=total, apart=total)
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
            # A lone channel is no loop: positions lie beside each other, unless windows step.
            lone = Eq(depth, 1) if last else And(Eq(groups * depth, 1), Eq(stride[-1], 1))
            run = Piecewise((coarse[-1], lone), (depth, True)) if last else coarse[-1]
            apart = S.Zero if last else Piecewise((S.Zero, lone), (ONE, True))
            self.env["gathered"] = total, run, apart
            if not value.order[-1]:  # images: for arrays in which they lie side by side
                self.env["gathered"] = total, head, S.Zero
            return tuple(shape[axis] for axis in value.order)
        near = Or(Eq(depth, 1), And(Eq(groups, 1), Eq(gap[-1], 1)))
        run = Piecewise((depth * taps[-1], near), (depth, True))
        # Short ones are copied one by one, as an entry each.
        self.env["gathered"] = total, run / (1 + 2 * integers.few(run)), S.Zero
        return shape

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
