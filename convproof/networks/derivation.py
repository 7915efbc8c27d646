"""The loss gradient of a whole network as formulas: the chain rule over derived layers.

From the output back, each operation's derived gradient takes dA_t to dA_(t-1) and to the gradients
of its parameters.  The formulas are evaluated exactly, apart from the code that the network runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Expr, IndexedBase, Rational, Sum, exp, log, tanh

from convproof.derive.evaluate import World
from convproof.derive.loss import letters
from convproof.derive.symbols import N
from convproof.derive.typeset import latex
from convproof.errors import SpecError
from convproof.evidence import Verdict
from convproof.functions.arrays import Array, Sizes
from convproof.networks import losses, shapes
from convproof.networks.exact import divisor
from convproof.networks.formulas import Formula, Formulas, array, flow, formulas, place
from convproof.networks.operations import Activate
from convproof.networks.written import written_out

if TYPE_CHECKING:
    from convproof.networks.network import Network

TARGET = IndexedBase("T")
MOST_ENTRIES = 5000  # of all arrays of one image, for which formulas are evaluated in seconds
# exp(x) is 2^(x / log 2): the calculus evaluates powers of two
BINARY = Rational(str((1 / log(2)).evalf(40)))


@dataclass(frozen=True, eq=False)
class NetworkDerivation:
    """A network's formulas, first to last: outputs, loss, and gradients from the last to the first.

    Attributes:
        layers: the formulas of each operation, and the derivation of each layer with its steps.
        loss: the loss, a SymPy expression of A_T and the target T; N is the batch.
        top: dA_T, the loss's derivative by the output.
        gradients: the gradient entries of each parameter by its name, and of "x", in terms of
            the arrays A_t and dA_t.
    """

    net: Network
    kind: losses.Loss
    layers: tuple[Formulas, ...]
    loss: Expr
    top: Formula

    @property
    def gradients(self) -> dict[str, Expr]:
        """The gradient entries, at the free indices of the formula."""
        return {name: formula.right for name, formula in self.formulas.items()}

    @property
    def formulas(self) -> dict[str, Formula]:
        """The formula of each parameter's gradient, and of "x"."""
        found = {
            part.key(name): layer.parameters[name]
            for part, layer in zip(self.net.parts, self.layers, strict=True)
            for name in layer.parameters
        }
        first = self.layers[0].back if self.layers else self.top
        return {**found, "x": first}

    def chain(self) -> list[Formula]:
        """Every array that is not given, in the order in which one computes them."""
        ahead = [f for layer in self.layers for f in (*layer.helpers, layer.forward)]
        back = [
            f for layer in reversed(self.layers) for f in (*layer.parameters.values(), layer.back)
        ]
        return [*ahead, self.top, *back]

    def evaluate(
        self, x: Array, *, target: Array | None = None, dy: Array | None = None
    ) -> dict[str, Array]:
        """All gradients at the network's parameters, by the formulas alone: arrays of numbers.

        Whole numbers and fractions give exact ones; with sigmoid, tanh or cross_entropy floats.

        Args:
            x: (N, *input_shape).
            target: an array like the output, for the loss; or
            dy: the gradient of the output, in its place.
        """
        if dy is not None and not self.layers:
            return {"x": np.array(dy, dtype=object)}
        made = self._world(x, target, dy)
        found = {}
        for name, formula in self.formulas.items():
            indices = letters(formula.free)
            function = made.function(binary(formula.right), indices)
            shape = tuple(int(high.xreplace({N: len(x)})) for high in formula.highs)
            values = np.empty(shape, dtype=object)
            for spot in np.ndindex(*shape):
                values[spot] = function(*(i + 1 for i in spot))
            found[name] = values
        return found

    def _world(self, x: Array, target: Array | None, dy: Array | None) -> World:
        given = {array(0): store(x)}
        for key, value in self.net.parameters.items():
            layer, name = key.split(".")
            given[IndexedBase(f"{'K' if name == 'kernel' else 'b'}_{layer}")] = store(value)
        last = len(self.layers)
        if dy is not None:
            given[flow(last)] = store(dy)
        elif target is not None:
            given[TARGET] = store(target)
        made = World({N: len(x)}, given)
        for formula in self.chain():
            base = formula.left.base
            if base not in given:
                shape = tuple(int(high.xreplace({N: len(x)})) for high in formula.highs)
                indices = letters(formula.free)
                made.define(base, shape, made.function(binary(formula.right), indices))
        return made

    def written_out(self, name: str, index: tuple[int, ...], batch: int = 1) -> Expr:
        """One entry of a gradient, in nothing but the inputs A_0, the parameters and the target.

        Args:
            name: a parameter's, or "x"; "loss" for the loss itself.
            index: of the entry, counted from 1; () for the loss.
            batch: how many images.
        """
        known = {formula.left.base: formula for formula in self.chain()}
        if name == "loss":
            return written_out(self.loss, known, {N: batch})
        formula = self.formulas[name]
        entry = formula.left.base[index] if index else formula.left
        return written_out(entry, known, {N: batch})

    def check(self, seed: int = 0, batch: int = 2) -> Verdict:
        """The formulas against the gradients that the network computes, on whole numbers: exactly.

        Parameters, images and the output's gradient are integers, scaled so that every mean
        divides without a rest; with sigmoid or tanh floats are compared to 1e-9 of the largest.
        """
        return check(self, seed, batch)

    def to_latex(self) -> str:
        """One display equation for each array, in order."""
        rows = [rf"{latex(f.left)} &= {latex(f.right)} \\" for f in self.chain()]
        rows.insert(-len(rows) // 2, rf"L &= {latex(self.loss)} \\")
        return "\\begin{align*}\n" + "\n".join(rows) + "\n\\end{align*}"

    def to_markdown(self) -> str:
        """The formulas with the operation each belongs to."""
        lines = ["# Backpropagation through the network", "", "## Forward", ""]
        for number, (part, layer) in enumerate(zip(self.net.parts, self.layers, strict=True), 1):
            lines += [f"{number}. {part.name}: {layer.name}", ""]
            lines += [display(formula) for formula in (*layer.helpers, layer.forward)]
        lines += [f"## The loss ({self.kind})", "", f"$$L = {latex(self.loss)}$$", ""]
        lines += [display(self.top), "## Backward", ""]
        for number in range(len(self.layers), 0, -1):
            layer, part = self.layers[number - 1], self.net.parts[number - 1]
            lines += [f"{number}. {part.name}: {layer.name}", ""]
            lines += [display(formula) for formula in (*layer.parameters.values(), layer.back)]
        return "\n".join(lines)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __str__(self) -> str:
        lines = [f"{f.left} = {f.right}" for f in self.chain()]
        lines.insert(lines.index(f"{self.top.left} = {self.top.right}"), f"L = {self.loss}")
        return "\n".join(lines)


def display(formula: Formula) -> str:
    """One formula as a displayed equation."""
    return f"$${latex(formula.left)} = {latex(formula.right)}$$\n"


def derive_network(net: Network, kind: str) -> NetworkDerivation:
    """See `Sequential.derive`."""
    known = losses.read_kind(kind)
    shape = net.expect_parameters()
    sizes = shapes.shapes(net.parts, shape)
    found = tuple(
        formulas(number, part, before, after)
        for number, (part, before, after) in enumerate(
            zip(net.parts, sizes, sizes[1:], strict=False), 1
        )
    )
    loss, top = loss_formulas(known, len(net.parts), sizes[-1])
    return NetworkDerivation(net, known, found, loss, top)


def loss_formulas(kind: losses.Loss, last: int, shape: Sizes) -> tuple[Expr, Formula]:
    """The loss, and its derivative by an entry of the output.

    squared: d/dA of (A - T)^2 / N.  cross_entropy: with P = exp(A) / sum of exp(A) over the
    classes, d/dA of -(sum of T log P) / N is (P (sum of T) - T) / N.
    """
    free = place(shape)
    at = letters(free)
    output, target = array(last), TARGET
    every = tuple(reversed(free))
    if kind == "squared":
        loss = Sum((output[at] - target[at]) ** 2, *every) / N
        return loss, Formula(flow(last)[at], free, 2 * (output[at] - target[at]) / N)
    classes = free[-1]
    other = classes[0].func(classes[0].name + "'", integer=True, positive=True)
    spot, along = (*at[:-1], other), (other, *classes[1:])
    total = Sum(exp(output[spot]), along)
    loss = Sum(-target[at] * (output[at] - log(total)), *every) / N
    right = (exp(output[at]) / total * Sum(target[spot], along) - target[at]) / N
    return loss, Formula(flow(last)[at], free, right)


def store(values: Array) -> dict[tuple[int, ...], Any]:
    """An array as the calculus reads it: 1-based index to a number, whole where it is."""
    return {tuple(i + 1 for i in spot): exact(values[spot]) for spot in np.ndindex(*values.shape)}


def exact(value: Any) -> Any:
    """A NumPy number as Python's: an int where it is whole, else the float or fraction it is."""
    number = value.item() if hasattr(value, "item") else value
    return int(number) if isinstance(number, float) and number.is_integer() else number


def binary(expr: Expr) -> Expr:
    """exp and tanh in the calculus's formal exponential, which is the power of two."""
    found = expr.replace(exp, lambda power: exp(power * BINARY))
    return found.replace(tanh, lambda power: tanh(power * BINARY))


def check_loss(found: NetworkDerivation, shape: Sizes, rng: np.random.Generator) -> Verdict | None:
    """A refutation if the loss's derivative at outputs y is not the formula's; else None.

    Two images make the squared loss's 2 / N a whole number, so that it is compared exactly.
    """
    y: Array = np.asarray(rng.integers(-4, 5, shape))
    target: Array = np.asarray(rng.integers(0, 3, shape))
    last = len(found.layers)
    made = World({N: len(y)}, {array(last): store(y), TARGET: store(target)})
    function = made.function(binary(found.top.right), letters(found.top.free))
    slope = losses.value_and_slope(found.kind, y.astype(float), target)[1]
    slack = 0.0 if found.kind == "squared" and len(y) in (1, 2) else 1e-12
    for spot in np.ndindex(*y.shape):
        right = function(*(i + 1 for i in spot))
        if not abs(slope[spot] - right) <= slack * max(1.0, abs(right)):
            got = float(slope[spot])
            return Verdict.refute("the loss's gradient differs", at=spot, got=got, derived=right)
    return None


def check(found: NetworkDerivation, seed: int, batch: int) -> Verdict:
    """See `NetworkDerivation.check`."""
    net = found.net
    shape = net.expect_parameters()
    sizes = shapes.shapes(net.parts, shape)
    entries = sum(map(prod, sizes)) + sum(p.size for p in net.parameters.values())
    if entries > MOST_ENTRIES:
        raise SpecError.of("net", f"{entries} entries", f"at most {MOST_ENTRIES}", "go smaller")
    rng = np.random.default_rng(seed)
    scale = divisor(net)
    smooth = any(
        isinstance(part.operation, Activate) and part.operation.name != "relu" for part in net.parts
    )
    whole = {n: rng.integers(-2, 3, a.shape) for n, a in net.parameters.items()}
    whole = {n: a * (scale if n.endswith("bias") else 1) for n, a in whole.items()}
    exact_net = net.with_parameters({n: a.astype(float) for n, a in whole.items()})
    x = rng.integers(-3, 4, (batch, *shape)) * scale
    dy = rng.integers(-3, 4, (batch, *sizes[-1])) * scale
    other = NetworkDerivation(exact_net, found.kind, found.layers, found.loss, found.top)
    right = other.evaluate(x, dy=dy)
    got = exact_net.backward(dy.astype(float), x.astype(float))
    compared = 0
    for name, values in right.items():
        mine = got[name]
        if mine.shape != values.shape:
            return Verdict.refute("another shape", name=name, got=mine.shape, derived=values.shape)
        if smooth:
            wanted = values.astype(float)
            equal = np.abs(mine - wanted) <= 1e-9 * max(1.0, float(np.abs(wanted).max(initial=0)))
        else:
            equal = np.array(
                [Fraction(a) == b for a, b in zip(mine.ravel(), values.ravel(), strict=True)], bool
            ).reshape(mine.shape)
        if not equal.all():
            spot = tuple(int(i) for i in np.argwhere(~equal)[0])
            return Verdict.refute(
                "the network's gradient is not the derived one", name=name, at=spot,
                got=mine[spot], derived=str(values[spot]),
            )  # fmt: skip
        compared += mine.size
    verdict = check_loss(found, (batch, *sizes[-1]), rng)
    if verdict is not None:
        return verdict
    how = "to 1e-9 of the largest: an activation is smooth" if smooth else "on whole numbers, equal"
    return Verdict.held(f"{compared} entries of {len(right)} gradients, {how}")
