"""Which calls an adapter can make: those that set no more than its function takes."""

from __future__ import annotations

from convproof.conformance.target.adapter import Adapter
from convproof.conformance.target.padding import NAMED, can_say
from convproof.laws.by_name import word
from convproof.laws.case import Case


def unsayable(adapter: Adapter, case: Case) -> str | None:
    """Why the adapter cannot make this call, in words; None if it can."""
    takes = adapter.takes
    if adapter.only and case.x.dtype.name in {"float32", "float64"} - {adapter.only}:
        return f"{case.op} works in {adapter.only} alone"
    if adapter.depthwise:
        one = adapter.depthwise == "one filter"
        if case.groups != case.x.shape[-1] or (one and case.outputs != case.groups):
            return f"{case.op} has {adapter.depthwise} for each channel, and this one has others"
        takes = takes | {"groups"}
    lacks = [p for p in _used(case) if p not in takes]
    if case.kernel is None and "stride" not in takes:
        fixed = (1,) * case.rank if adapter.default_stride == "one" else case.window
        if case.stride == fixed:
            lacks.remove("stride")
    if lacks:
        return f"{case.op} takes no {' and no '.join(lacks)}"
    if case.spelled and word(case.spelled) not in adapter.words:
        return f"{case.op} takes no padding={word(case.spelled)!r}"
    form = adapter.padding
    if form != "any" and not can_say(adapter, case):
        by = "takes padding by name" if form in NAMED else f"has {form}"
        return f"{case.op} {by}, and this one is another"
    if adapter.window and case.taps != adapter.window:
        return f"{case.op} has windows of {adapter.window}, and this one is another"
    if adapter.square and len(set(case.taps)) > 1:
        return f"{case.op} gives the right shape with square kernels only"
    for role in ("window", "stride", "padding", "dilation"):
        value = getattr(case, role)
        if role == "padding" and case.spelled:
            continue
        has = role == "window" or role in takes
        if value and len(set(value)) > 1 and has and f"unequal_{role}" not in takes:
            return f"{case.op} takes one {role} for all axes"
    return None


def _used(case: Case) -> list[str]:
    """The parameters this case sets to something other than the default."""
    ones, pads = (1,) * case.rank, case.padding
    used = {
        "bias": case.bias is not None,
        "stride": case.stride != ones or case.kernel is None,
        "padding": pads != ((0, 0),) * case.rank,
        "asymmetric_padding": not case.spelled and [lo for lo, _ in pads] != [hi for _, hi in pads],
        "dilation": case.dilation != ones,
        "groups": case.groups != 1,
        "output_padding": any(case.output_padding),
        "ceil_mode": case.ceil_mode,
        "count_include_pad": not case.count_include_pad and case.kind == "avg_pool",
    }
    return [name for name, is_used in used.items() if is_used]
