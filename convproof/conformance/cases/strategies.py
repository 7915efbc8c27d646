"""Hypothesis strategies for calls of a target: the random part of a run, and for your own tests.

from hypothesis import given
from convproof.conformance.cases.strategies import cases

@given(cases("conv2d"))
def test_mine(case):
    assert (my_conv(case.x, case.kernel) == convproof.reference...).all()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convproof.conformance.cases.plan import Limits
from convproof.conformance.cases.rows import POOL_STYLES, STYLES, Row, build
from convproof.errors import MissingExtra
from convproof.laws.case import PARAMETERS, Case
from convproof.laws.op import Op

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy


def _st() -> Any:
    try:
        import hypothesis.strategies as st
    except ImportError:
        raise MissingExtra.of("hypothesis", "check", "drawing random calls") from None
    return st


def everything(kind: str) -> Limits:
    """Limits of a target that takes every parameter."""
    unequal = {f"unequal_{name}" for name in ("stride", "padding", "dilation", "kernel", "window")}
    return Limits(frozenset({*PARAMETERS[kind], *unequal}))


def rows(kind: str, rank: int, limits: Limits | None = None) -> SearchStrategy[Row]:
    """Rows of one kind ("conv", "max_pool", "avg_pool") and rank within `limits`."""
    st = _st()
    lim = everything(kind) if limits is None else limits
    can, pool = lim.parameters, kind != "conv"
    sizes = st.one_of(st.integers(1, 8), st.sampled_from((9, 13, 15, 16, 17, 31, 32, 33, 65)))
    few = st.one_of(st.integers(1, 4), st.integers(1, 4), sizes)

    @st.composite  # type: ignore[untyped-decorator]  # `st` is loaded lazily, hence untyped
    def draw_rows(draw: DrawFn) -> Row:
        def per_axis(name: str, values: Any) -> tuple[int, ...]:
            first = draw(values)
            if f"unequal_{name}" not in can:
                return (first,) * rank
            return (first, *(draw(values) for _ in range(rank - 1)))

        taps = per_axis("window" if pool else "kernel", st.integers(1, 5 if rank < 3 else 3))
        stride = taps if pool and lim.default_stride == "window" else (1,) * rank
        if "stride" in can:
            stride = per_axis("stride", st.integers(1, 4))
        dilation = per_axis("dilation", st.integers(1, 3)) if "dilation" in can else (1,) * rank
        pads = []
        for axis in range(rank):
            most = taps[axis] // 2 if pool else taps[axis] + 1
            lo = draw(st.integers(0, most)) if "padding" in can else 0
            hi = draw(st.integers(0, most)) if "asymmetric_padding" in can else lo
            pads.append((lo, hi))
        if "unequal_padding" not in can:
            lo = min(pair[0] for pair in pads)
            pads = [(lo, lo)] * rank
        space = []
        for axis in range(rank):
            least = max(1, dilation[axis] * (taps[axis] - 1) + 1 - sum(pads[axis]))
            space.append(least + draw(sizes if rank < 3 else st.integers(0, 5)) - 1)
        groups = 1
        if not pool and "groups" in can:
            groups = draw(st.sampled_from((1, 1, 1, 2, 3, 4)))
        return Row(
            kind,
            draw(few),
            tuple(space),
            taps,
            stride,
            tuple(pads),
            dilation,
            draw(few),
            1 if pool else draw(few),
            groups,
            bias="bias" in can and draw(st.booleans()),
            ceil_mode="ceil_mode" in can and draw(st.booleans()),
            count_include_pad=draw(st.booleans())
            if "count_include_pad" in can
            else lim.count_include_pad,
            style=draw(st.sampled_from(POOL_STYLES if pool else STYLES)),
            dtype=draw(st.sampled_from(lim.dtypes)),
            memory=draw(st.sampled_from(lim.memory)),
            seed=draw(st.integers(0, 1 << 20)),
            precision=lim.precision,
        )

    return draw_rows().filter(lambda row: row.fits and row.work <= 400_000)


def cases(op: str, limits: Limits | None = None) -> SearchStrategy[Case]:
    """Calls of one op, numbers and all."""
    named = Op.of(op)
    return rows(named.kind, named.rank, limits).map(lambda row: build(op, row))
