"""Each operation of a network as formulas: its derived layer, written in the network's arrays.

A_0 is the input, A_t the output of operation t, dA_t the loss's gradient by it; K_l and b_l are
the parameters of layers[l].  Channels are numbered through: the m-th of group g is (g-1)*M + m.
Indices count from 1, as in the chapter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from sympy import Expr, Indexed, IndexedBase, Integer, Mod, S, Sum, Symbol, floor

from convproof.derive import derive
from convproof.derive.activation import activate, activation_chain
from convproof.derive.layers import general
from convproof.derive.loss import letters, limit
from convproof.derive.step import Definition, Derivation
from convproof.derive.symbols import (
    DY,
    DZ,
    B,
    C,
    G,
    K,
    Limit,
    M,
    N,
    V,
    X,
    Y,
    axes,
    c,
    count,
    g,
    m,
    n,
    size,
)
from convproof.functions.arrays import Sizes
from convproof.networks.operations import Activate, Connect, Correlate, Pool
from convproof.networks.shapes import Part
from convproof.spec import Axis, Conv, ConvTranspose

Z, DX, DK, DB = (IndexedBase(name) for name in ("Z", "dX", "dK", "db"))
CHANNEL = size("u")  # a channel's number through all groups


@dataclass(frozen=True)
class Formula:
    """`left`, an entry of an array, is `right` for all the `free` indices in their ranges."""

    left: Indexed
    free: tuple[Limit, ...]
    right: Expr

    @property
    def highs(self) -> tuple[Expr, ...]:
        """The array's shape."""
        return tuple(high for _, _, high in self.free)


@dataclass(frozen=True)
class Formulas:
    """One operation's: its output, the gradients, and arrays that these speak of."""

    name: str
    forward: Formula
    back: Formula
    parameters: Mapping[str, Formula]
    helpers: tuple[Formula, ...]
    derivation: Derivation | None


def array(number: int) -> IndexedBase:
    """A_t."""
    return IndexedBase(f"A_{number}")


def flow(number: int) -> IndexedBase:
    """dA_t, the gradient of the loss by A_t."""
    return IndexedBase(f"dA_{number}")


def place(shape: Sizes) -> tuple[Limit, ...]:
    """Indices for an array (N, *shape)."""
    pixels = [axis.pixel for axis in axes(len(shape) - 1)] if len(shape) > 1 else []
    names = (*pixels, c if pixels else m)
    return (limit(n, N), *(limit(v, Integer(s)) for v, s in zip(names, shape, strict=True)))


def formulas(number: int, part: Part, before: Sizes, after: Sizes) -> Formulas:
    """The formulas of operation `number` (from 1), on images of these shapes."""
    operation = part.operation
    if isinstance(operation, Activate):
        return of_activation(number, operation, before)
    if isinstance(operation, (Correlate, Pool, Connect)):
        return OfLayer(number, part.layer, operation, before).formulas()
    return of_flatten(number, before, after)


def of_activation(number: int, operation: Activate, shape: Sizes) -> Formulas:
    """(10.6), entry by entry."""
    free = place(shape)
    at = letters(free)
    slope = activation_chain(free, operation.name).now
    names = {V: array(number - 1), DY: flow(number)}
    back = slope.replace(
        lambda node: isinstance(node, Indexed), lambda node: names[node.base][node.indices]
    )
    return Formulas(
        operation.name,
        Formula(array(number)[at], free, activate(array(number - 1)[at], operation.name)),
        Formula(flow(number - 1)[at], free, back),
        {},
        (),
        None,
    )


def of_flatten(number: int, before: Sizes, after: Sizes) -> Formulas:
    """Row-major: the channel's number runs fastest."""
    free, flat = place(before), place(after)
    feature: Expr = S.Zero
    for index, wide in zip(letters(free)[1:], before, strict=True):
        feature = feature * wide + index - 1
    places = []
    for axis, wide in enumerate(before):
        step = prod(before[axis + 1 :])
        places.append(Mod(floor((m - 1) / Integer(step)), wide) + 1)
    return Formulas(
        "flatten",
        Formula(array(number)[(n, m)], flat, array(number - 1)[(n, *places)]),
        Formula(flow(number - 1)[letters(free)], free, flow(number)[n, feature + 1]),
        {},
        (),
        None,
    )


def numbers_of(letter: Any, axis: Axis) -> dict[Symbol, int]:
    """One axis's numbers by the letters of the calculus."""
    return {
        letter.kernel: axis.kernel, letter.stride: axis.stride, letter.dilation: axis.dilation,
        letter.pad_lo: axis.pad_lo, letter.pad_hi: axis.pad_hi,
    }  # fmt: skip


def bound(found: Derivation, values: Mapping[Symbol, int]) -> Derivation:
    """The derivation with numbers for its sizes, those that follow from others included."""
    numbers = {symbol: Integer(value) for symbol, value in values.items()}
    for symbol, formula in found.sizes.items():
        numbers[symbol] = Integer(int(formula.xreplace(numbers)))
    return found.bound(numbers)


@dataclass(frozen=True)
class OfLayer:
    """A layer with a derivation of its own: a convolution, a pool, a dense layer."""

    number: int
    layer: int
    operation: Correlate | Pool | Connect
    before: Sizes

    def derivation(self) -> Derivation:
        """The layer's, bound to its numbers and to the image's size; the batch stays N."""
        operation, spec = self.operation, self.operation.spec
        if isinstance(operation, Connect):  # one pixel, one tap
            units = operation.spec.units
            return bound(derive("conv1d"), {
                axes(1)[0].size: 1, G: 1, C: self.before[0], M: units,
                **numbers_of(axes(1)[0], Axis(1)),
            })  # fmt: skip
        space, channels = self.before[:-1], self.before[-1]
        if isinstance(spec, ConvTranspose):
            return self._transposed(spec, space, channels)
        values: dict[Symbol, int] = {C: channels}
        if isinstance(spec, Conv):
            outputs = spec.out_channels or 0
            values = {C: channels // spec.groups, G: spec.groups, M: outputs // spec.groups}
            names = ("stride", "padding", "dilation", "groups", "padding_mode")
            plain = Conv(spec.kernel_size, outputs, **{name: getattr(spec, name) for name in names})
            found, sides = general(plain), plain.axes(space)
        else:
            assert isinstance(operation, Pool)
            found, sides = general(operation.spec), operation.spec.axes(space)
        for letter, axis, pixels in zip(axes(len(space)), sides, space, strict=True):
            values |= {letter.size: pixels, **numbers_of(letter, axis)}
        return bound(found, values)

    def _transposed(self, spec: ConvTranspose, space: Sizes, channels: int) -> Derivation:
        """In it O is the input's size, and W the output's."""
        sides, out = spec.image(space)
        values: dict[Symbol, int] = {
            C: (spec.out_channels or 0) // spec.groups, G: spec.groups, M: channels // spec.groups
        }  # fmt: skip
        for letter, axis, pixels, wide in zip(axes(spec.rank), sides, space, out, strict=True):
            least = (pixels - 1) * axis.stride + axis.extent - axis.pad_lo - axis.pad_hi
            extra = count(f"A_{letter.name}")
            values |= {letter.out: pixels, extra: wide - least, **numbers_of(letter, axis)}
        return bound(derive(f"conv_transpose{spec.rank}d"), values)

    def formulas(self) -> Formulas:
        """The derived equations, written in the network's arrays."""
        found = self.derivation()
        goals, operation = found.goals, self.operation
        ahead, back = goals["forward"], goals["gradient x"]
        shapes = operation.parameters(self.before)
        result = ahead.result
        if "bias" not in shapes:
            result = result.replace(
                lambda node: isinstance(node, Indexed) and node.base == B, lambda node: S.Zero
            )
        parameters = {
            name: self._formula(goal.left, goal.free, goal.result, found)
            for name in shapes
            for goal in (goals[f"gradient {name}"],)
        }
        used = [result, back.result, *(goals[f"gradient {name}"].result for name in shapes)]
        helpers = tuple(
            self._formula(one.left, one.free, one.right, found)
            for one in needed(found.definitions, used)
        )
        return Formulas(
            "dense" if isinstance(operation, Connect) else operation.function,
            self._formula(ahead.left, ahead.free, result, found),
            self._formula(back.left, back.free, back.result, found),
            parameters,
            helpers,
            found,
        )

    def _formula(
        self, left: Any, free: tuple[Limit, ...], right: Expr, found: Derivation
    ) -> Formula:
        """One equation with the network's arrays, channels numbered through."""
        width = self._widths(found).get(left.base)
        if width is not None:  # the group and the channel inside it, from the channel's number
            groups = int(found.bindings[G])
            inner = letters(free)[-1]
            channel, parts = inner, {g: S.One}
            if groups > 1:
                channel = CHANNEL
                parts = {g: floor((CHANNEL - 1) / width) + 1, inner: Mod(CHANNEL - 1, width) + 1}
            kept = [one for one in free if one[0] not in (g, inner)]
            right = right.xreplace(parts)
            free = (*kept, limit(channel, Integer(groups * width)))
            left = left.base[(*left.indices[:-2], channel)]
        if isinstance(self.operation, Connect):
            (axis,) = axes(1)  # its one pixel and its one tap are left out
            ones = dict.fromkeys((axis.position, axis.pixel, axis.tap), S.One)
            left = left.base[tuple(i for i in left.indices if i not in ones)]
            free = tuple(one for one in free if one[0] not in ones)
            right = trivial(right).xreplace(ones)
        base = self._name(left.base)
        return Formula(base[left.indices], free, self._written(trivial(right), found))

    def _widths(self, found: Derivation) -> dict[IndexedBase, int]:
        """The channels in each group of every array that has groups."""
        if isinstance(self.operation, Pool):
            return {}
        inner, outer = int(found.bindings[C]), int(found.bindings[M])
        if isinstance(self.operation, Correlate) and self.operation.transposed:
            inner, outer = outer, inner
        kernel = int(found.bindings[M])
        return {
            **dict.fromkeys((X, DX), inner), **dict.fromkeys((Z, DZ, B, DB), outer),
            **dict.fromkeys((K, DK), kernel),
        }  # fmt: skip

    def _name(self, base: IndexedBase) -> IndexedBase:
        """An array's name in the network."""
        known = {
            X: array(self.number - 1), DX: flow(self.number - 1), Z: array(self.number),
            Y: array(self.number), DZ: flow(self.number), DY: flow(self.number),
            K: IndexedBase(f"K_{self.layer}"), B: IndexedBase(f"b_{self.layer}"),
            DK: IndexedBase(f"dK_{self.layer}"), DB: IndexedBase(f"db_{self.layer}"),
        }  # fmt: skip
        if base in known:
            return known[base]
        if base.is_integer:  # the winners of a max-pool
            return IndexedBase(f"W_{self.number}", integer=True)
        return IndexedBase(f"{base}_{self.number}")

    def _written(self, expr: Expr, found: Derivation) -> Expr:
        """`expr` with each access by the network's names."""
        widths = self._widths(found)
        dense = isinstance(self.operation, Connect)

        def access(node: Indexed) -> Expr:
            places = node.indices
            if node.base in widths:
                *rest, channel = merged(node.base, places, widths[node.base])
                if dense:  # without the one pixel, or the one tap
                    keep = 1 if node.base in (X, DX, Z, DZ) else 0
                    rest = rest[:keep] if keep else rest[1:]
                places = (*rest, channel)
            return self._name(node.base)[tuple(places)]

        return expr.replace(lambda node: isinstance(node, Indexed), access)


def merged(base: IndexedBase, places: tuple[Expr, ...], width: int) -> tuple[Expr, ...]:
    """Indices with the group and the channel inside it as one number."""
    *rest, group, inner = places
    return (*rest, (group - 1) * width + inner)


def needed(known: Sequence[Definition], used: Sequence[Expr]) -> list[Definition]:
    """The definitions of the arrays that some expressions speak of, and of those that these do."""
    found: list[Definition] = []
    seen = list(used)
    for expr in seen:
        bases = {node.base for node in expr.atoms(Indexed)}
        more = [one for one in known if one.left.base in bases and one not in found]
        more = [one for one in more if one.left.base not in (Z, Y)]
        found += more
        seen += [one.right for one in more]  # the loop goes on with these
    return found


def trivial(expr: Expr) -> Expr:
    """`expr` without sums over one value."""

    def simpler(node: Any) -> Any:
        ones = {v: low for v, low, high in node.limits if low == high}
        rest = [one for one in node.limits if one[0] not in ones]
        inner = node.function.xreplace(ones)
        return type(node)(inner, *rest) if rest else inner

    return expr.replace(lambda node: isinstance(node, Sum), simpler)
