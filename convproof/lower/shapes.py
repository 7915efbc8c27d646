"""Shapes of views, as expressions in the sizes of a call, and how their numbers lie in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sympy import Eq, Expr, Integer, Min, Mul, Piecewise, S, Symbol

from convproof.lower.program import View

Shape: TypeAlias = tuple[Expr, ...]
ONE = Integer(1)


@dataclass
class Shapes:
    """What is known by name: arrays' shapes, slices' (length, step), and so on."""

    env: dict[str, Any]

    def size(self, size: Expr | str) -> Expr:
        """A size in the letters of the call."""
        expr = Symbol(size, integer=True) if isinstance(size, str) else size
        known = {s: self.env[s.name] for s in expr.free_symbols if s.name in self.env}
        return expr.xreplace(known)

    def sizes(self, sizes: Sequence[Expr | str]) -> Shape:
        """Several of them."""
        return tuple(self.size(size) for size in sizes)

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
