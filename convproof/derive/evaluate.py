"""Exact evaluation of the calculus on concrete sizes: SymPy trees compiled to Python.

Numbers are ints and fractions; a derivative is taken with dual numbers, not with SymPy's rules,
and every array access is checked against the array's shape.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

import sympy
from sympy import Basic, IndexedBase, Symbol

from convproof.derive.nodes import ArgMaxOver, MaxOver
from convproof.errors import DerivationError

Index = tuple[int, ...]
NEGATIVE_INFINITY = float("-inf")


class Dual:
    """a + b*eps with eps**2 = 0: carries a derivative along exactly; compares by its value."""

    __slots__ = ("slope", "value")

    def __init__(self, value: Any, slope: Any) -> None:
        self.value, self.slope = value, slope

    @staticmethod
    def of(number: Any) -> Dual:
        """`number` as a constant, unless it is dual already."""
        return number if isinstance(number, Dual) else Dual(number, 0)

    def __add__(self, other: Any) -> Dual:
        other = Dual.of(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Any) -> Dual:
        other = Dual.of(other)
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, count: int) -> Dual:
        return self * Fraction(1, count)

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < Dual.of(other).value)

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > Dual.of(other).value)

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other


def _power(base: Any, exponent: int) -> Any:
    if isinstance(base, Dual):
        value = _power(base.value, exponent)
        return Dual(value, exponent * _power(base.value, exponent - 1) * base.slope)
    return base**exponent if exponent >= 0 else _inverse(base, exponent)


@functools.lru_cache(4096)
def _inverse(base: int | Fraction, exponent: int) -> int | Fraction:
    """A negative power: strides and window sizes, the same few for every entry."""
    result = Fraction(1) / Fraction(base) ** (-exponent)
    return int(result) if result.denominator == 1 else result


def _exp(power: Any) -> Any:
    """A formal exponential, 2**power, that is its own derivative.

    exp(a) exp(b) = exp(a + b) and exp' = exp are all that an identity between rational functions
    of exponentials can rest on, and both hold here exactly.
    """
    if isinstance(power, Dual):
        return Dual(_exp(power.value), _exp(power.value) * power.slope)
    return Fraction(2) ** power


def _tanh(power: Any) -> Any:
    square = _exp(power * 2)
    return (square + -1) * _power(square + 1, -1)


def _whole(number: Any) -> int:
    if isinstance(number, int):
        return number
    if isinstance(number, Fraction) and number.denominator == 1:
        return number.numerator
    raise DerivationError(f"index {number} is not an integer")


def _greatest(values: Iterable[Any]) -> Any:
    best: Any = NEGATIVE_INFINITY
    for value in values:
        if value > best:
            best = value
    return best


def _first_greatest(values: Iterable[Any]) -> int:
    best: Any = NEGATIVE_INFINITY
    place = 1
    for number, value in enumerate(values, 1):
        if value > best:
            best, place = value, number
    return place


class World:
    """Concrete sizes and arrays in which expressions have values.

    `sizes` maps symbols to ints; `arrays` maps bases to dicts from 1-based index to number;
    `defined` maps bases to functions of the index (evaluated when read, and remembered).
    """

    def __init__(
        self,
        sizes: Mapping[Symbol, int],
        arrays: Mapping[IndexedBase, dict[Index, Any]],
    ) -> None:
        self.sizes = dict(sizes)
        self.arrays = dict(arrays)
        self.defined: dict[IndexedBase, Callable[..., Any]] = {}
        self._highs: dict[IndexedBase, tuple[int, ...]] = {}
        self._differentiating = False

    def read(self, base: IndexedBase, *index: Any) -> Any:
        """The entry of `base` at `index`, which must lie inside the array."""
        place = tuple(_whole(i) for i in index)
        store = self.arrays.setdefault(base, {})
        if place in store:
            return store[place]
        if base not in self.defined:
            raise DerivationError(f"{base}{list(place)} is read, but lies outside the array")
        if not self._in_domain(base, place):
            raise DerivationError(f"{base}{list(place)} is read, but lies outside the array")
        value = self.defined[base](*place)
        if not self._differentiating:
            store[place] = value
        return value

    def define(
        self, base: IndexedBase, highs: tuple[int, ...], meaning: Callable[..., Any]
    ) -> None:
        """Let `base`, an array of size `highs`, stand for `meaning` of its index."""
        self.defined[base], self._highs[base] = meaning, highs

    def _in_domain(self, base: IndexedBase, place: Index) -> bool:
        return all(1 <= i <= high for i, high in zip(place, self._highs[base], strict=True))

    def slope(self, function: Callable[[], Any], base: IndexedBase, index: tuple[Any, ...]) -> Any:
        """The derivative of `function` by one array entry, by dual numbers."""
        place = tuple(_whole(i) for i in index)
        kept = self.read(base, *place)
        # What is defined by this entry must be evaluated anew, not remembered.
        known = {other: self.arrays.pop(other, {}) for other in self.defined if other != base}
        self._differentiating = True
        store = self.arrays[base]
        store[place] = Dual(kept, 1)
        try:
            return Dual.of(function()).slope
        finally:
            store[place] = kept
            self._differentiating = False
            self.arrays.update(known)

    def function(self, expr: Basic, variables: Iterable[Symbol]) -> Callable[..., Any]:
        """`expr` as a Python function of `variables`, in this world."""
        writer = _Writer(self)
        names = ", ".join(writer.name(v) for v in variables)
        source = f"lambda {names}: {writer.write(expr)}"
        scope: dict[str, Any] = {
            "fraction": Fraction, "power": _power, "exp": _exp, "tanh": _tanh, "floor": floor,
            "ceil": ceil, "greatest": _greatest, "first_greatest": _first_greatest,
            "read": self.read, "slope": self.slope, "low": NEGATIVE_INFINITY, **writer.constants,
        }  # fmt: skip
        # The source is written below from a SymPy tree, node by node; nothing else enters it.
        result: Callable[..., Any] = eval(source, scope)
        return result


class _Writer:
    """Writes one SymPy tree as a Python expression."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.constants: dict[str, Any] = {}
        self.names: dict[Symbol, str] = {}

    def name(self, symbol: Symbol) -> str:
        return self.names.setdefault(symbol, f"v{len(self.names)}")

    def constant(self, value: Any) -> str:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def write(self, node: Any) -> str:
        for kind in type(node).__mro__:
            writer = getattr(self, f"_{kind.__name__}", None)
            if writer is not None:
                return str(writer(node))
        raise DerivationError(f"no exact evaluation for {type(node).__name__}: {node}")

    def _Integer(self, node: Any) -> str:
        return f"({int(node)})"

    def _Rational(self, node: Any) -> str:
        return f"fraction({node.p}, {node.q})"

    def _NegativeInfinity(self, node: Any) -> str:
        return "low"

    def _Symbol(self, node: Any) -> str:
        if node not in self.names and node in self.world.sizes:
            return f"({self.world.sizes[node]})"
        if node not in self.names:
            raise DerivationError(f"{node} has no value here")
        return self.names[node]

    def _Add(self, node: Any) -> str:
        return "(" + " + ".join(self.write(part) for part in node.args) + ")"

    def _Mul(self, node: Any) -> str:
        deltas = [part for part in node.args if isinstance(part, sympy.KroneckerDelta)]
        rest = [part for part in node.args if not isinstance(part, sympy.KroneckerDelta)]
        product = " * ".join(self.write(part) for part in rest) or "1"
        if not deltas:
            return f"({product})"
        same = " and ".join(self.write(sympy.Eq(*d.args, evaluate=False)) for d in deltas)
        return f"(({product}) if ({same}) else 0)"

    def _KroneckerDelta(self, node: Any) -> str:
        return f"(1 if {self.write(node.args[0])} == {self.write(node.args[1])} else 0)"

    def _Pow(self, node: Any) -> str:
        if not node.exp.is_Integer:
            raise DerivationError(f"no exact evaluation for the power {node}")
        return f"power({self.write(node.base)}, {int(node.exp)})"

    def _exp(self, node: Any) -> str:
        return f"exp({self.write(node.args[0])})"

    def _tanh(self, node: Any) -> str:
        return f"tanh({self.write(node.args[0])})"

    def _floor(self, node: Any) -> str:
        return f"floor({self.write(node.args[0])})"

    def _ceiling(self, node: Any) -> str:
        return f"ceil({self.write(node.args[0])})"

    def _Mod(self, node: Any) -> str:
        return f"({self.write(node.args[0])} % {self.write(node.args[1])})"

    def _Abs(self, node: Any) -> str:
        return f"abs({self.write(node.args[0])})"

    def _Min(self, node: Any) -> str:
        return f"min({', '.join(self.write(part) for part in node.args)})"

    def _Max(self, node: Any) -> str:
        return f"max({', '.join(self.write(part) for part in node.args)})"

    def _Piecewise(self, node: Any) -> str:
        text = ""
        for value, condition in node.args:
            if condition == sympy.true:
                return f"({text}{self.write(value)})"
            text += f"{self.write(value)} if {self.write(condition)} else "
        raise DerivationError(f"a case is missing in {node}")

    def _BooleanTrue(self, node: Any) -> str:
        return "True"

    def _BooleanFalse(self, node: Any) -> str:
        return "False"

    def _And(self, node: Any) -> str:
        return "(" + " and ".join(self.write(part) for part in node.args) + ")"

    def _Or(self, node: Any) -> str:
        return "(" + " or ".join(self.write(part) for part in node.args) + ")"

    def _Not(self, node: Any) -> str:
        return f"(not {self.write(node.args[0])})"

    def _Relational(self, node: Any) -> str:
        return f"({self.write(node.lhs)} {node.rel_op} {self.write(node.rhs)})"

    def _Indexed(self, node: Any) -> str:
        inside = ", ".join(self.write(i) for i in node.indices)
        return f"read({self.constant(node.base)}, {inside})"

    def _Derivative(self, node: Any) -> str:
        if len(node.variables) != 1 or not isinstance(node.variables[0], sympy.Indexed):
            raise DerivationError(f"no exact evaluation for {node}")
        by = node.variables[0]
        index = ", ".join(self.write(i) for i in by.indices)
        return f"slope(lambda: {self.write(node.expr)}, {self.constant(by.base)}, ({index},))"

    def _loops(self, node: Any) -> tuple[str, str]:
        loops: list[str] = []
        hidden = {}
        for var, low, high in reversed(node.limits):
            edges = f"range({self.write(low)}, {self.write(high)} + 1)"
            hidden[var] = self.names.pop(var, None)
            self.names[var] = f"v{len(self.names)}_{len(loops)}_{len(self.constants)}"
            loops.append(f"for {self.names[var]} in {edges}")
        body = self.write(node.function)
        for var, name in hidden.items():
            del self.names[var]
            if name is not None:
                self.names[var] = name
        return body, " ".join(loops)

    def _Sum(self, node: Any) -> str:
        body, loops = self._loops(node)
        return f"sum({body} {loops})"

    def _MaxOver(self, node: MaxOver) -> str:
        body, loops = self._loops(node)
        return f"greatest({body} {loops})"

    def _ArgMaxOver(self, node: ArgMaxOver) -> str:
        body, loops = self._loops(node)
        return f"first_greatest({body} {loops})"
