"""What a schedule says of itself, and the registry of those there are.

Everything here and in the files beside it works on plain integers: SymPy is imported by `lower`
alone, when code is generated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, TypeVar

from convproof.schedules.layer import Layer
from convproof.spec import Conv

if TYPE_CHECKING:
    from convproof.derive.step import Derivation
    from convproof.lower.program import Program

Goal: TypeAlias = Literal[
    "forward", "gradient x", "gradient kernel", "gradient bias", "bias",
    "winner", "gradient x by winner", "axis winners", "gradient x by axis winners",
]  # fmt: skip
Extra: TypeAlias = tuple[int, ...]

# What a program of each goal gives, as its docstring begins.
RESULTS: dict[tuple[str, str], str] = {
    ("conv", "forward"): "The output before bias and activation",
    ("conv", "gradient x"): "The input's gradient",
    ("conv", "gradient kernel"): "The kernel's gradient, all copies summed",
    ("conv", "gradient bias"): "The bias's gradient, summed over images and positions",
    ("conv", "bias"): "One number per output channel added, in place",
    ("max_pool", "forward"): "The maximum of each window",
    ("max_pool", "gradient x"): "Each window's gradient, sent to its first maximum",
    (
        "max_pool",
        "winner",
    ): "The number of each window's first maximum, or -1, beside y",
    ("max_pool", "gradient x by winner"): "Each window's gradient, sent to the pixel of its number",
    ("max_pool", "axis winners"): "Which tap of each axis has the first maximum, beside y",
    (
        "max_pool",
        "gradient x by axis winners",
    ): "Each window's gradient, followed back axis by axis",
    ("avg_pool", "forward"): "The mean of each window",
    ("avg_pool", "gradient x"): "Each window's gradient, shared out to its pixels",
}


class Schedule:
    """One way to compute something of a layer; subclasses state the facts and lower it.

    Attributes:
        name: the file's name, or begins with it.
        summary: how it goes about it, in a few words, for the generated docstring.
        ops: of "conv", "max_pool", "avg_pool".
        goals: what of them it computes.
        extra: the parameters its programs take beyond the geometry.
        absent_zeros: the goals for which it multiplies by zeros that stand for pixels that are not
            there: an infinite number that meets one gives a NaN that the definition does not have.
        own_layout: whether it is for arrays laid out in memory in a way of its own: it is right for
            any, but only who has such arrays asks for it.
        mixes: whether one number that is not finite may reach entries it has no part in.
        exact: "integer" if its sums are the definition's in another order, exact wherever all
            partial sums are; "rational" if they are equal in exact fractions only; "roots" if they
            are in fractions and roots of unity.
        margin: how many times as quick as another it is to be to be chosen in its place.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    ops: ClassVar[tuple[str, ...]]
    goals: ClassVar[tuple[Goal, ...]]
    extra: ClassVar[tuple[str, ...]] = ()
    absent_zeros: ClassVar[tuple[Goal, ...]] = ()
    own_layout: ClassVar[bool] = False
    mixes: ClassVar[bool] = False
    exact: ClassVar[Literal["integer", "rational", "roots"]] = "integer"
    margin: ClassVar[float] = 1.0

    def suits(self, goal: Goal, layer: Layer) -> bool:
        """Whether it gives the right result for these sizes, in reasonable memory."""
        return True

    def arguments(self, goal: Goal, layer: Layer) -> Extra:
        """The values of `extra` for a call."""
        return ()

    def borders(self, goal: Goal, layer: Layer) -> list[Extra]:
        """Values of `extra` on both sides of each border that its programs know.

        A certificate runs each of them.
        """
        return [()]

    def workspace(self, goal: Goal, layer: Layer, extra: Extra) -> tuple[int, int, int]:
        """Numbers of its own arrays beside result and arguments: (for all, for a task, tasks)."""
        return 0, 0, 1

    def reads_absent_zeros(self, goal: Goal, layer: Layer) -> bool:
        """Whether it multiplies by zeros that stand for no pixel, on these sizes."""
        return goal in self.absent_zeros and layer.window.overhanging

    def example(self, op: str, rank: int) -> tuple[Conv, tuple[int, ...]] | None:
        """A small layer, and an input's shape, that it suits where it does not suit every layer."""
        return None

    def lower(self, derivation: Derivation, goal: Goal) -> Program:
        """The program, under the name `function_of` gives it (needs SymPy)."""
        raise NotImplementedError

    def takes(self, op: str, goal: str) -> bool:
        """Whether it computes that goal of "conv", "avg_pool_include" and so on."""
        kind = next((one for one in self.ops if op.startswith(one)), "")
        return goal in self.goals and (kind, goal) in RESULTS

    def function(self, op: str, goal: str) -> str:
        """The generated function's name, in the module of the layer's kind and rank."""
        which = op.removeprefix("avg_pool") if op.startswith("avg_pool") else ""
        return f"{goal.replace(' ', '_')}{which}_{self.name}"

    def doc(self, op: str, goal: str) -> str:
        """The generated function's docstring."""
        kind = next(one for one in self.ops if op.startswith(one))
        return f"{RESULTS[kind, goal]}; schedule {self.name}: {self.summary}."


REGISTRY: dict[str, Schedule] = {}
S = TypeVar("S", bound=type[Schedule])


def register(kind: S) -> S:
    """Make a schedule known, by its name."""
    if kind.name in REGISTRY:
        raise ValueError(f"two schedules are called {kind.name}")
    REGISTRY[kind.name] = kind()
    return kind


def of(op: str, goal: str) -> list[Schedule]:
    """The schedules of a goal of a kind of layer."""
    return [one for one in REGISTRY.values() if one.takes(op, goal)]
