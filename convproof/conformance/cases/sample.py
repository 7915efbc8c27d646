"""One config drawn at random within a domain: by `random`, or by Hypothesis, from one table."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from convproof.conformance.cases.config import Config
from convproof.conformance.cases.domain import TABLE, Domain
from convproof.conformance.cases.fill import build
from convproof.errors import MissingExtra
from convproof.laws.case import Case
from convproof.laws.op import Op

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

T = TypeVar("T")
MOST = 400_000  # multiplications of a forward call that is drawn at random


class Source(Protocol):
    """Where choices come from."""

    def pick(self, values: Sequence[T] | Mapping[T, int]) -> T:
        """One of these, each as often as it weighs."""

    def chance(self, share: float) -> bool:
        """Yes, so often."""


class Chance:
    """Choices by Python's own generator."""

    def __init__(self, seed: str | int) -> None:
        self.rng = random.Random(seed)

    def pick(self, values: Sequence[T] | Mapping[T, int]) -> T:
        """One of these, each as often as it weighs."""
        turn = self.rng.random()
        if isinstance(values, (tuple, list, range)):
            one: T = values[int(turn * len(values))]
            return one
        assert isinstance(values, Mapping)
        turn *= sum(values.values())
        for value, weight in values.items():
            if turn < weight:
                return value
            turn -= weight
        raise ValueError("there is nothing to pick from")

    def chance(self, share: float) -> bool:
        """Yes, so often."""
        return self.rng.random() < share


class Drawn:
    """Choices by Hypothesis."""

    def __init__(self, draw: DrawFn) -> None:
        import hypothesis.strategies as st

        self.draw, self.st = draw, st

    def pick(self, values: Sequence[T] | Mapping[T, int]) -> T:
        """One of these, each as often as it weighs."""
        if isinstance(values, Mapping):
            values = [value for value, weight in values.items() for _ in range(weight)]
        chosen: T = self.draw(self.st.sampled_from(values))
        return chosen

    def chance(self, share: float) -> bool:
        """Yes, so often."""
        return bool(self.draw(self.st.integers(0, 99)) < 100 * share)


def draw(domain: Domain, source: Source, fixed: Mapping[str, int] | None = None) -> Config | None:
    """A config with the `fixed` sizes ("batch", "taps0", ...); None where no window fits them."""
    fixed = fixed or {}
    rank = domain.rank
    square = source.chance(0.3) and not any(n[:-1] in ("taps", "stride", "dilation") for n in fixed)
    taps = _per_axis(domain, source, "taps", fixed, square)
    stride = list(domain.lone_stride(tuple(taps)))
    if domain.takes("stride"):
        stride = _per_axis(domain, source, "stride", fixed, square)
        if square and source.chance(0.2):
            stride = list(taps)
    dilation = [1] * rank
    if domain.takes("dilation") and not (square and source.chance(0.5)):
        dilation = _per_axis(domain, source, "dilation", fixed, square)
    pads = _padding(domain, source, taps, fixed, square)
    whole = source.chance(0.2 if square else 0.03)  # the kernel as large as the image
    if whole:
        pads = [(0, 0)] * rank
    space = []
    for axis in range(rank):
        extent = dilation[axis] * (taps[axis] - 1) + 1
        count = source.pick(TABLE["windows"].common)
        if domain.kind == "conv_transpose":  # its windows stand on the output, one for each pixel
            space.append(fixed.get(f"space{axis}", count))
            continue
        size = extent + (count - 1) * stride[axis] + source.pick(range(stride[axis]))
        size -= sum(pads[axis])
        while size < 1:
            size += stride[axis]
        space.append(fixed.get(f"space{axis}", extent if whole else size))
    if source.chance(0.4 if square else 0.15) and not any(n.startswith("space") for n in fixed):
        space = [max(space)] * rank
    groups, inputs, outputs = _channels(domain, source, fixed)
    config = Config(
        domain.kind,
        fixed.get("batch") or source.pick(TABLE["batch"].common),
        tuple(space),
        tuple(taps),
        tuple(stride),
        tuple(pads),
        tuple(dilation),
        inputs,
        outputs,
        groups,
        bias=domain.takes("bias") and source.chance(0.7),
        ceil_mode=domain.takes("ceil_mode") and source.chance(0.35),
        count_include_pad=source.chance(0.5)
        if domain.takes("count_include_pad")
        else domain.count_include_pad,
        style="small" if source.chance(0.4) else source.pick(domain.styles),
        dtype=domain.dtypes[0] if source.chance(0.65) else source.pick(domain.dtypes),
        memory="plain" if source.chance(0.6) else source.pick(domain.memory),
        seed=source.pick(range(1 << 30)),
        precision=domain.precision,
        output_padding=_output_padding(domain, source, stride),
    )
    return config if config.fits else None


def _per_axis(
    domain: Domain, source: Source, name: str, fixed: Mapping[str, int], square: bool
) -> list[int]:
    weights = TABLE[name].weights(domain.rank)
    if square or source.chance(0.25) or not domain.unequal(name):
        got = [source.pick(weights)] * domain.rank
    else:
        got = [source.pick(weights) for _ in range(domain.rank)]
    return [fixed.get(f"{name}{axis}", value) for axis, value in enumerate(got)]


def _padding(
    domain: Domain, source: Source, taps: list[int], fixed: Mapping[str, int], square: bool
) -> list[tuple[int, int]]:
    """No padding a third of the time; elsewhere up to what the window allows, or the usual ones."""
    if not domain.takes("padding"):
        return [(0, 0)] * domain.rank
    pads: list[tuple[int, int]] = []
    alike = square or source.chance(0.3) or not domain.unequal("padding")
    for axis, k in enumerate(taps):
        most = k // 2 if domain.pool else k + 2
        if square:
            usual = (0, 0, (k - 1) // 2, k // 2)
            lo = source.pick(usual if domain.pool else (*usual, k - 1))
        else:
            lo = 0 if source.chance(0.35) else source.pick(range(most + 1))
        lo = hi = fixed.get(f"pad{axis}", lo)
        if domain.takes("asymmetric_padding") and not square and source.chance(0.35):
            hi = source.pick(range(most + 1))
        if alike and pads:
            lo, hi = (min(pad, most) for pad in pads[0])
        pads.append((lo, hi))
    if not domain.unequal("padding"):
        pads = [min(pads)] * domain.rank
    return pads


def _output_padding(domain: Domain, source: Source, stride: list[int]) -> tuple[int, ...]:
    """Less than the stride, half of the time; the same on every axis where nothing else goes."""
    if domain.kind != "conv_transpose":
        return ()
    if not domain.takes("output_padding") or source.chance(0.5):
        return (0,) * domain.rank
    if not domain.unequal("output_padding"):
        return (source.pick(range(min(stride))),) * domain.rank
    return tuple(source.pick(range(s)) for s in stride)


def _channels(domain: Domain, source: Source, fixed: Mapping[str, int]) -> tuple[int, int, int]:
    """(groups, inputs of each, outputs of each)."""
    small = TABLE["inputs"].common
    if domain.pool:
        return 1, fixed.get("inputs") or source.pick(small), 1
    groups, few = 1, small
    if domain.takes("groups") and source.chance(0.1 if "inputs" in fixed else 0.4):
        groups, few = source.pick(TABLE["groups"].common), {1: 5, 2: 4, 3: 2}
    groups = fixed.get("groups", groups)
    inputs = fixed.get("inputs") or source.pick(few)
    return groups, inputs, fixed.get("outputs") or source.pick(few)


def configs(domain: Domain) -> SearchStrategy[Config]:
    """A Hypothesis strategy: half of what it draws has one size at which code branches."""
    try:
        import hypothesis.strategies as st
    except ImportError:
        raise MissingExtra.of("hypothesis", "check", "drawing random calls") from None
    edges = list(domain.edges())

    @st.composite  # type: ignore[untyped-decorator]  # `st` is loaded lazily, hence untyped
    def drawn(take: DrawFn) -> Config | None:
        source = Drawn(take)
        return draw(domain, source, dict([source.pick(edges)]) if source.chance(0.5) else None)

    found: Any = drawn().filter(lambda config: config is not None and config.work <= MOST)
    return found


def cases(op: str, domain: Domain | None = None) -> SearchStrategy[Case]:
    """Calls of one op, numbers and all: a Hypothesis strategy, for your own tests too.

    from hypothesis import given
    from convproof.conformance.cases.sample import cases

    @given(cases("conv2d"))
    def test_mine(case):
        assert (my_conv(case.x, case.kernel) == ...).all()
    """
    named = Op.of(op)
    within = domain or Domain.everything(named.kind, named.rank)
    return configs(within).map(lambda config: build(op, config))
