"""The letters of the calculus: sizes, arrays and the 1-based indices of the chapter.

Each spatial axis (T, H, W) has an output position, a tap and an input position: (t, q, e),
(i, k, a) and (j, l, b).  Channels carry an explicit group index: channel number (g-1)*C + c.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, IndexedBase, Symbol, floor

AXIS_NAMES = {1: ("W",), 2: ("H", "W"), 3: ("T", "H", "W")}
_LETTERS = {"T": ("t", "q", "e"), "H": ("i", "k", "a"), "W": ("j", "l", "b")}
Limit = tuple[Expr, Expr, Expr]


def size(name: str) -> Symbol:
    """A positive integer symbol: a size, a stride, or a 1-based index."""
    return Symbol(name, integer=True, positive=True)


def count(name: str) -> Symbol:
    """A nonnegative integer symbol: an amount of padding."""
    return Symbol(name, integer=True, nonnegative=True)


N, G, C, M = size("N"), size("G"), size("C"), size("M")
n, g, c, m = size("n"), size("g"), size("c"), size("m")

X, XP, K, B = (IndexedBase(name) for name in ("X", "Xp", "K", "b"))
DZ, DY, DXP = IndexedBase("dZ"), IndexedBase("dY"), IndexedBase("dXp")
V, Y = IndexedBase("V"), IndexedBase("Y")


def primed(symbol: Symbol) -> Symbol:
    """The same letter with a prime, for a summation index whose letter is taken."""
    return size(symbol.name + "'")


@dataclass(frozen=True)
class SymbolicAxis:
    """The letters of one spatial axis; `name` is T, H or W."""

    name: str

    def _size(self, letter: str) -> Symbol:
        return size(f"{letter}_{self.name}")

    @property
    def size(self) -> Symbol:
        """Input pixels."""
        return size(self.name)

    @property
    def kernel(self) -> Symbol:
        """Taps."""
        return self._size("K")

    @property
    def stride(self) -> Symbol:
        """Pixels from one window to the next."""
        return self._size("S")

    @property
    def dilation(self) -> Symbol:
        """Pixels from one tap to the next."""
        return self._size("D")

    @property
    def pad_lo(self) -> Symbol:
        """Padding before the first pixel."""
        return count(f"P_{self.name}")

    @property
    def pad_hi(self) -> Symbol:
        """Padding after the last pixel."""
        return count(f"Q_{self.name}")

    @property
    def out(self) -> Symbol:
        """Output positions."""
        return self._size("O")

    @property
    def position(self) -> Symbol:
        """Output index."""
        return size(_LETTERS[self.name][0])

    @property
    def tap(self) -> Symbol:
        """Tap index."""
        return size(_LETTERS[self.name][1])

    @property
    def pixel(self) -> Symbol:
        """Input index."""
        return size(_LETTERS[self.name][2])

    def padded(self, position: Expr, tap: Expr) -> Expr:
        """Where `tap` of window `position` lies on the padded input: the one relation, 1-based."""
        return self.stride * (position - 1) + self.dilation * (tap - 1) + 1

    def padded_size(self) -> Expr:
        """Pixels of the padded input."""
        return self.size + self.pad_lo + self.pad_hi

    def room(self) -> Expr:
        """How far the first window can be moved; negative if it does not fit."""
        return self.padded_size() - self.dilation * (self.kernel - 1) - 1

    def output_size(self) -> Expr:
        """Equation (10.7) with dilation and asymmetric padding; right where room >= 0."""
        return floor(self.room() / self.stride) + 1


def axes(rank: int) -> tuple[SymbolicAxis, ...]:
    """The axes of `rank` dimensions."""
    return tuple(SymbolicAxis(name) for name in AXIS_NAMES[rank])
