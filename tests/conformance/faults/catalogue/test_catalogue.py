"""Every known mistake names itself; right answers are never named; targets confirm or refute."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from convproof import reference
from convproof.conformance.faults.catalogue import MISTAKES, right
from convproof.conformance.faults.diagnose import diagnose, matches
from convproof.laws.case import Case

RNG = np.random.default_rng(5)


def ints(*shape: int) -> np.ndarray:
    """Integers that do not repeat by chance in small arrays."""
    return RNG.integers(-40, 41, shape).astype(float)


def call(op: str, **changes: object) -> Case:
    """A call on which as many parameters as possible tell."""
    kind, rank = op.removesuffix("_backward")[:-2], int(op.removesuffix("_backward")[-2])
    fields: dict[str, object] = {
        "space": (9, 12, 7)[:rank],
        "taps": (3, 2, 2)[:rank],
        "stride": (2, 3, 1)[:rank],
        "padding": ((1, 1), (2, 2), (1, 1))[:rank],
        "dilation": (1,) * rank,
        "groups": 1,
        "channels": (2, 3),
        "batch": 2,
        "bias": True,
        "ceil_mode": False,
        "count_include_pad": True,
        "numbers": None,
    } | changes
    if kind != "conv" and "padding" not in changes:
        fields["padding"] = ((1, 1), (1, 1), (1, 1))[:rank]
    inputs, outputs = fields["channels"]
    g = fields["groups"]
    x = ints(fields["batch"], *fields["space"], inputs * g)
    if fields["numbers"] == "ties":
        x = np.round(x / 30)
    kernel = ints(*fields["taps"], inputs, outputs * g) if kind == "conv" else None
    case = Case(
        op,
        x,
        kernel,
        ints(outputs * g) if kind == "conv" and fields["bias"] else None,
        None,
        fields["stride"],
        fields["padding"],
        fields["dilation"],
        g,
        None if kind == "conv" else fields["taps"],
        fields["ceil_mode"],
        fields["count_include_pad"],
    )
    return case.replace(dy=ints(*case.out_shape)) if case.backward else case


def discriminating(kind: str, way: str) -> list[Case]:
    """Calls that between them leave room for every mistake of this kind."""
    ops = [f"{kind}{rank}d{'_backward' if way == 'backward' else ''}" for rank in (2, 1)]
    changes: list[dict[str, object]] = [
        {},
        {"stride": (1, 1), "padding": ((0, 0), (0, 0))},
        {"taps": (2, 2), "space": (9, 9)},
        {"stride": (2, 2), "padding": ((1, 1), (1, 1)), "space": (8, 8), "taps": (3, 3)},
    ]
    if kind == "conv":
        changes += [
            {"dilation": (2, 3), "space": (11, 14)},
            {"groups": 2},
            {"groups": 4, "channels": (1, 2)},
            {"channels": (3, 3), "taps": (2, 2)},
            {"padding": ((1, 2), (0, 1)), "stride": (1, 1)},
            {"taps": (1, 1), "stride": (2, 2), "padding": ((1, 1), (1, 1))},
            {"space": (4, 4), "stride": (1, 1), "padding": ((1, 1), (0, 0)), "taps": (3, 2)},
            {"space": (4, 5), "taps": (2, 3), "stride": (1, 1), "padding": ((0, 0),) * 2},
            {"batch": 3},
            {"stride": (2, 1), "dilation": (1, 2)},
            {"channels": (3, 1)},
            {"dilation": (2, 2), "padding": ((1, 1), (1, 1)), "stride": (2, 2), "space": (11, 11)},
            {"stride": (3, 3), "padding": ((1, 1), (1, 1)), "space": (10, 10)},
            {"stride": (1, 1), "padding": ((1, 1), (1, 1)), "space": (3, 7)},
        ]
    else:
        changes += [
            {"space": (8, 8), "ceil_mode": True, "stride": (3, 3)},
            {"stride": (1, 1)},
            {"numbers": "ties", "stride": (1, 1), "taps": (3, 3)},
            {"padding": ((1, 0), (0, 0))},
            {"count_include_pad": False},
            {"dilation": (2, 1)} if kind == "max_pool" else {},
            {"taps": (1, 1), "padding": ((0, 0), (0, 0))},
            {"taps": (3, 2), "padding": ((1, 1), (0, 0))},
            {"taps": (3, 3), "stride": (2, 2)},
            {"space": (8, 8), "stride": (3, 3)},
            {"space": (8, 9), "stride": (3, 3), "padding": ((0, 0), (0, 0)), "ceil_mode": True},
            {"space": (8, 9), "stride": (3, 3), "padding": ((0, 0), (0, 0))},
            {"taps": (3, 3), "padding": ((1, 1), (0, 0)), "stride": (1, 2)},
            {"taps": (3, 3), "padding": ((1, 0), (0, 1)), "stride": (2, 2)},
        ]
    cases = []
    for op, change in itertools.product(ops, changes):
        rank = int(op.removesuffix("_backward")[-2])
        cut = {
            k: v[:rank] if isinstance(v, tuple) and k != "channels" else v
            for k, v in change.items()
        }
        cases.append(call(op, **cut))
    if kind == "max_pool" and way == "forward":
        holed = call(ops[0])
        x = holed.x.copy()
        x[0, 3:6, 4:7, 0] = np.nan
        x[1, :4, :4, 1] = -np.inf
        cases += [holed.replace(x=x), holed.replace(x=-np.abs(holed.x))]
    if kind == "max_pool" and way == "backward":
        tied = call(ops[0], numbers="ties", taps=(3, 3), stride=(1, 1))
        cases += [tied.replace(x=-np.abs(tied.x) - 1), tied.replace(dy=np.ones_like(tied.dy))]
    halves = cases[0]
    cases += [halves.replace(x=halves.x / by) for by in (8, 1e-3, 7)]
    if way == "backward":
        cases += [halves.replace(dy=halves.dy / 7), halves.replace(dy=halves.dy * 1e3)]
    if kind == "avg_pool":
        cases.append(halves.replace(x=halves.x * 16))
    return cases


KINDS = [(k, w) for k in ("conv", "max_pool", "avg_pool") for w in ("forward", "backward")]
CASES = {key: discriminating(*key) for key in KINDS}
PAIRS = [
    (m.name, kind, way)
    for m in MISTAKES.values()
    for kind in sorted(m.kinds)
    for way in sorted(m.ways)
]


def distinct(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two answers differ by more than rounding."""
    return matches(a, b) is None


def _valued(case: Case) -> list[Case]:
    """The call with fractions in its kernel, and with a NaN in what comes in."""
    found = []
    if case.kernel is not None:
        found.append(case.replace(kernel=case.kernel * 0.75 - 0.4))
    name = "dy" if case.backward and case.kind == "avg_pool" else "x"
    array = np.array(getattr(case, name), float)
    if array.size:
        array.reshape(-1)[array.size // 2] = np.nan
        found.append(case.replace(**{name: array}))
    return found


CASES = {key: [*some, *(one for case in some[:6] for one in _valued(case))]
         for key, some in CASES.items()}  # fmt: skip


@pytest.mark.parametrize(("kind", "way"), KINDS)
def test_the_engine_is_the_reference(kind: str, way: str) -> None:
    for case in CASES[kind, way]:
        if np.abs(case.x).max() > 1e4 or case.x.size > 2000:
            continue
        if kind == "conv":
            want = (
                reference.conv_backward(case.dy, case.x, case.kernel, case.axes, case.groups)
                if case.backward
                else (reference.conv(case.x, case.kernel, case.bias, case.axes, case.groups),)
            )
        elif kind == "max_pool":
            want = (
                (reference.max_pool_backward(case.dy, case.x, case.axes),)
                if case.backward
                else (reference.max_pool(case.x, case.axes)[0],)
            )
        else:
            function = reference.avg_pool_backward if case.backward else reference.avg_pool
            arrays = (case.dy, case.x) if case.backward else (case.x,)
            want = (function(*arrays, case.axes, case.count_include_pad),)
        for name, array in zip(right(case), want, strict=False):
            np.testing.assert_allclose(right(case)[name], array, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize(("name", "kind", "way"), PAIRS)
def test_a_mistake_names_itself(name: str, kind: str, way: str) -> None:
    shown = 0
    for case in CASES[kind, way]:
        for result, array in MISTAKES[name].results(case).items():
            if not distinct(right(case)[result], array):
                continue
            shown += 1
            names = [d.mistake for d in diagnose(case, array, result=result, limit=99)]
            assert name in names, f"{case.describe()} {result}: {names}"
        if shown:
            return
    pytest.fail(f"no call shows the mistake {name!r} for {kind} {way}")


@pytest.mark.parametrize(("kind", "way"), KINDS)
def test_names_are_unique(kind: str, way: str) -> None:
    """No two mistakes are one: some call tells them apart."""
    names = [m.name for m in MISTAKES.values() if kind in m.kinds and way in m.ways]
    tables = []
    for case in CASES[kind, way]:
        good = right(case)
        tables.append({n: good | MISTAKES[n].results(case) for n in names})
    alike = []
    for a, b in itertools.combinations(names, 2):
        for table in tables:
            if any(distinct(table[a][r], table[b][r]) for r in table[a]):
                break
        else:
            alike.append((a, b))
    assert not alike
