"""Every parameter of a call: what it is given commonly, and the sizes at which code branches.

The one table from which random draws, boundary values, the factorial and covering arrays come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from convproof.conformance.cases.config import Config
from convproof.laws.case import MEMORY, PARAMETERS

STYLES = (
    *("small", "wide", "real", "positive", "negative", "sparse", "scaled", "ones", "unit"),
    "lone",
)
POOL_STYLES = ("small", "ties", "deep", "real", "negative", "positive", "infinite", "near")
DTYPES = ("float64", "float32", "float16", "int64", "int32")


@dataclass(frozen=True)
class Values:
    """What one parameter is given.

    common: value -> how often, in random draws.
    cube: the same in three dimensions, where taps are dear.
    edges: sizes at which code is likely to branch.
    cube_edges: the same in three dimensions.
    few: the values of which the factorial makes every combination.
    """

    common: Mapping[int, int]
    cube: Mapping[int, int] = field(default_factory=dict)
    edges: tuple[int, ...] = ()
    cube_edges: tuple[int, ...] | None = None
    few: tuple[int, ...] = ()

    def weights(self, rank: int) -> Mapping[int, int]:
        """value -> how often, at this rank."""
        return self.cube if rank == 3 and self.cube else self.common

    def at(self, rank: int) -> tuple[int, ...]:
        """The edges at this rank."""
        return self.edges if rank < 3 or self.cube_edges is None else self.cube_edges


_POWERS = (31, 32, 33, 48, 63, 64, 65, 100, 127, 128, 129)
_CHANNELS = (*range(6, 21), 24, 25, 28, 40, 96, *_POWERS, 256, 257)
_SIDES = (*range(8, 37), 40, 47, 49, 55, 56, 57, *_POWERS[3:], 200, 224, 256, 257)
_SMALL = {1: 25, 2: 25, 3: 25, 4: 15, 5: 10}

TABLE: dict[str, Values] = {
    "taps": Values(
        {1: 22, 2: 22, 3: 30, 4: 12, 5: 11, 7: 3},
        {1: 3, 2: 4, 3: 3},
        (5, 6, 7, 8, 9, 11, 13),
        (4, 5),
        few=(1, 2, 3, 4),
    ),
    "stride": Values({1: 38, 2: 32, 3: 17, 4: 9, 5: 4}, edges=(4, 5, 6, 7, 8), few=(1, 2, 3, 4)),
    "dilation": Values({1: 58, 2: 27, 3: 11, 4: 4}, edges=(3, 4, 5, 6), few=(1, 2, 3)),
    # Of padding the window bounds what is lawful: how much of it is drawn, not a number.
    "pad": Values({}, edges=(3, 4, 5, 6, 8), few=(0, 1, 2, 3)),
    # Windows on an axis, from which the image's size is made.
    "windows": Values({1: 18, 2: 25, 3: 25, 4: 16, 5: 10, 7: 6}),
    "space": Values({}, edges=_SIDES, cube_edges=_SIDES[:20:3]),
    "batch": Values(
        {1: 35, 2: 35, 3: 15, 4: 8, 5: 7},
        edges=(*range(5, 21), 24, 50, *(n for n in _POWERS if n != 48), 256, 257),
    ),
    "inputs": Values(_SMALL, edges=_CHANNELS),
    "outputs": Values(_SMALL, edges=_CHANNELS),
    "groups": Values(
        {2: 5, 3: 4, 4: 2, 5: 1}, edges=(5, 6, 7, 8, 9, 12, 15, 16, 17, 32, 33, 64, 65)
    ),
}
PER_AXIS = ("space", "taps", "stride", "dilation", "pad")


@dataclass(frozen=True)
class Domain:
    """What one op of a target can be asked for: parameters, dtypes, and its fixed defaults.

    `parameters` has names of `PARAMETERS`, and "unequal_stride", ... for what may differ from
    axis to axis.
    """

    kind: str
    rank: int
    parameters: frozenset[str]
    dtypes: tuple[str, ...] = ("float64", "float32")
    count_include_pad: bool = True
    memory: tuple[str, ...] = MEMORY
    default_stride: str = "window"
    precision: str = ""
    window: tuple[int, ...] = ()  # the only one of a pool in which it is built

    @classmethod
    def everything(cls, kind: str, rank: int) -> Domain:
        """That of a target which takes every parameter."""
        unequal = ("stride", "padding", "dilation", "kernel", "window")
        return cls(kind, rank, frozenset({*PARAMETERS[kind], *(f"unequal_{n}" for n in unequal)}))

    def takes(self, *names: str) -> bool:
        """Whether it has all these parameters."""
        return self.parameters.issuperset(names)

    def unequal(self, name: str) -> bool:
        """Whether "taps", "stride", "padding" or "dilation" may differ from axis to axis."""
        return self.takes(f"unequal_{self.window_name if name == 'taps' else name}")

    @property
    def pool(self) -> bool:
        """Whether its windows have no weights."""
        return self.kind.endswith("pool")

    @property
    def window_name(self) -> str:
        """What the taps are called: a pool's window, or the kernel."""
        return "window" if self.pool else "kernel"

    @property
    def styles(self) -> tuple[str, ...]:
        """Kinds of numbers that suit it."""
        return POOL_STYLES if self.pool else STYLES

    def lone_stride(self, taps: tuple[int, ...]) -> tuple[int, ...]:
        """The stride where nothing else can be asked for."""
        return taps if self.pool and self.default_stride == "window" else (1,) * self.rank

    def plain(self, space: tuple[int, ...], taps: tuple[int, ...]) -> Config:
        """A small config from which others are made by changing some of its fields."""
        rank = self.rank
        return Config(
            self.kind,
            2,
            space[:rank],
            taps[:rank],
            (1,) * rank if self.takes("stride") else self.lone_stride(taps[:rank]),
            ((0, 0),) * rank,
            (1,) * rank,
            3,
            1 if self.pool else 2,
            bias=self.takes("bias"),
            dtype=self.dtypes[0],
            count_include_pad=self.count_include_pad,
            precision=self.precision,
        )

    def allows(self, config: Config) -> bool:
        """Whether the target can be asked for it, and it has an answer."""
        for name in ("taps", "stride", "padding", "dilation"):
            if len(set(getattr(config, name))) > 1 and not self.unequal(name):
                return False
        used = {
            "stride": config.stride not in ((1,) * self.rank, self.lone_stride(config.taps)),
            "padding": any(map(any, config.padding)),
            "asymmetric_padding": any(lo != hi for lo, hi in config.padding),
            "dilation": any(d > 1 for d in config.dilation),
            "groups": config.groups > 1,
            "ceil_mode": config.ceil_mode,
            "output_padding": any(config.output_padding),
        }
        if not self.takes("stride") and config.stride != self.lone_stride(config.taps):
            return False
        return self.takes(*(name for name, is_used in used.items() if is_used)) and config.fits

    def edges(self) -> Iterator[tuple[str, int]]:
        """Every size at which code is likely to branch, one at a time ("stride1": of axis 1)."""
        needs = {"groups": "groups", "stride": "stride", "dilation": "dilation", "pad": "padding"}
        for name in ("inputs", "outputs", "groups", "batch"):
            if self.pool and name in ("outputs", "groups"):
                continue
            if name not in needs or self.takes(needs[name]):
                yield from ((name, value) for value in TABLE[name].at(self.rank))
        for axis in range(self.rank):
            for name in PER_AXIS:
                if (self.pool and name == "pad") or (name in needs and not self.takes(needs[name])):
                    continue
                yield from ((f"{name}{axis}", value) for value in TABLE[name].at(self.rank))
