"""What one op of a target can be asked for, as far as it tells and a few small calls show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from convproof.conformance.cases.config import Config
from convproof.conformance.cases.corners import plain_of
from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.run.state import OpState
from convproof.conformance.target.padding import BUILT_IN, NAMED, said_pads, same_pads
from convproof.laws import oracle
from convproof.laws.case import PARAMETERS
from convproof.laws.op import Op
from convproof.laws.trial import Trial

MORE = ("unequal_stride", "unequal_padding", "unequal_dilation", "same_padding", "valid_padding")


def domain_of(
    target: Any, op: str, trial: Trial, known: Mapping[str, OpState] | None = None
) -> Domain:
    """What calls may use; one call tells in which precision it answers.

    A gradient divides as its forward does, which is among the `known` ops, whatever it does itself.
    """
    named, adapter = Op.of(op), target.adapter(op)
    can = {name for name in (*PARAMETERS[named.kind], *MORE) if target.accepts(op, name)}
    if target.accepts(op, "unequal_window"):
        can |= {"unequal_kernel", "unequal_window"}
    takes = getattr(target, "dtypes", ("float64", "float32"))
    floats = tuple(d for d in ("float64", "float32") if d in takes and adapter.only in ("", d))
    if set(takes) == {"float16"}:  # halves alone were asked for
        floats = ("float16",)
    domain = Domain(
        named.kind,
        named.rank,
        frozenset(can),
        floats or ("float64",),
        default_stride=adapter.default_stride,
        window=adapter.window,
    )
    divisor = getattr(target.conventions, "count_include_pad", None)
    if divisor is None and named.kind == "avg_pool" and not domain.takes("count_include_pad"):
        forward = (known or {}).get(str(named.forward)) if named.backward else None
        divisor = (
            forward.domain.count_include_pad
            if forward is not None and not forward.domain.takes("count_include_pad")
            else _counts_padding(op, domain, trial)
        )
    domain = replace(domain, count_include_pad=True if divisor is None else divisor)
    values = trial.outcome(build(op, _apart(adapter.depthwise, plain_of(domain)))).values
    answer = values[0].dtype if values and values[0] is not None else np.dtype("float64")
    narrow = answer.kind == "f" and answer.itemsize < np.dtype(domain.dtypes[0]).itemsize
    return replace(domain, precision=answer.name if narrow else "")


def sayable(target: Any, state: OpState, config: Config) -> Config:
    """The config as a target can be told it: its own window, named padding, filters as channels.

    The window may not fit the image.
    """
    window = state.domain.window
    if window and not state.domain.pool:
        config = config.but(taps=window)
    elif window:
        config = config.but(taps=window, stride=window, dilation=(1,) * len(window))
    adapter = target.adapter(state.op)
    form = adapter.padding
    config = _apart(adapter.depthwise, config)
    if config.spelled == "same":
        return config.but(padding=same_pads(config, adapter.same), spelled=adapter.same)
    if form in BUILT_IN or (form in NAMED and any(map(any, config.padding))):
        return config.but(padding=said_pads(adapter, config))
    return config


def _apart(depthwise: str, config: Config) -> Config:
    """For a function whose filters see one channel each, the config with as many groups."""
    if not depthwise:
        return config
    made = config.but(groups=config.groups * config.inputs, inputs=1)
    return made.but(outputs=1) if depthwise == "one filter" else made


def _counts_padding(op: str, domain: Domain, trial: Trial) -> bool:
    """Whether means count the padding, of a target that cannot be told; one call tells."""
    if not domain.takes("padding"):
        return True
    taps = (3,) * domain.rank
    config: Config = domain.plain((5,) * domain.rank, taps)
    case = build(op, config.but(batch=1, inputs=1, padding=((1, 1),) * domain.rank))
    values = trial.outcome(case).values
    if not values or values[0] is None:
        return True
    right = {way: oracle.expected(case.replace(count_include_pad=way))[0] for way in (True, False)}
    if values[0].shape != right[True].shape:
        return True
    far = {way: float(np.abs(values[0] - want).max()) for way, want in right.items()}
    return far[True] <= far[False]
